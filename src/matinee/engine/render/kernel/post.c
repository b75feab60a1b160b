// From light to film: bloom, the film curve, the grade, anti-aliasing, grain, and I420 planes.
#include "film.h"
#include <stdlib.h>
#include "kernel.h"

#define BLOOM_LEVELS 6

static inline int least(int a, int b) { return a < b ? a : b; }

// Quarter size, keeping what is brighter than the film's white.
static void gather_bright(Context *context, const Frame *frame) {
    const Picture *p = &context->main;
    const int width = context->bloom_width[0], height = context->bloom_height[0];
    const float threshold = 0.85f / fmaxf(frame->exposure, 1e-3f);
    const size_t plane = (size_t)width * height;
    for (int y = 0; y < height; y++) {
        const int rows[4] = {least(4 * y, p->height - 1), least(4 * y + 1, p->height - 1), least(4 * y + 2, p->height - 1), least(4 * y + 3, p->height - 1)};
        const float *planes[3] = {p->red, p->green, p->blue};
        float *to = context->bloom[0] + (size_t)y * width;
        for (int c = 0; c < 3; c++) {
            const float *restrict r0 = planes[c] + (size_t)rows[0] * p->stride, *restrict r1 = planes[c] + (size_t)rows[1] * p->stride;
            const float *restrict r2 = planes[c] + (size_t)rows[2] * p->stride, *restrict r3 = planes[c] + (size_t)rows[3] * p->stride;
            float *restrict out = to + (size_t)c * plane;
            HOT_LOOP
            for (int x = 0; x < width; x++) {
                float sum = 0.f;
                for (int k = 0; k < 4; k++) sum += r0[4 * x + k] + r1[4 * x + k] + r2[4 * x + k] + r3[4 * x + k];
                out[x] = sum * 0.0625f;
            }
        }
        float *restrict r = to, *restrict g = to + plane, *restrict b = to + 2 * plane;
        HOT_LOOP
        for (int x = 0; x < width; x++) {
            const float top = fmaxf(r[x], fmaxf(g[x], b[x]));
            const float over = fmaxf(top - threshold, 0.f);
            // A soft knee, and a ceiling so that the sun does not drown the picture.
            const float keep = over / (over + threshold) * fminf(top, 24.f * threshold) / fmaxf(top, 1e-6f);
            r[x] *= keep;
            g[x] *= keep;
            b[x] *= keep;
        }
    }
}

static void halve(const float *from, int width, int height, float *to, int to_width, int to_height) {
    for (int y = 0; y < to_height; y++) {
        const float *restrict upper = from + (size_t)least(2 * y, height - 1) * width;
        const float *restrict lower = from + (size_t)least(2 * y + 1, height - 1) * width;
        float *restrict out = to + (size_t)y * to_width;
        HOT_LOOP
        for (int x = 0; x < to_width; x++) {
            const int a = 2 * x < width - 1 ? 2 * x : width - 1, b = 2 * x + 1 < width - 1 ? 2 * x + 1 : width - 1;
            out[x] = (upper[a] + upper[b] + lower[a] + lower[b]) * 0.25f;
        }
    }
}

// Add a level, enlarged twice and smoothed by a tent, to the finer one.
static void add_enlarged(const float *from, int width, int height, float *to, int to_width, int to_height, float weight) {
    for (int y = 0; y < to_height; y++) {
        const float v = ((float)y + 0.5f) * 0.5f - 0.5f;
        const int y0 = v < 0.f ? 0 : least((int)v, height - 1), y1 = least(y0 + 1, height - 1);
        const float fy = v < 0.f ? 0.f : v - (float)y0;
        const float *restrict upper = from + (size_t)y0 * width, *restrict lower = from + (size_t)y1 * width;
        float *restrict out = to + (size_t)y * to_width;
        HOT_LOOP
        for (int x = 0; x < to_width; x++) {
            const int h = x / 2 < width - 1 ? x / 2 : width - 1;
            int side = x & 1 ? h + 1 : h - 1;
            side = side < 0 ? 0 : side;
            side = side > width - 1 ? width - 1 : side;
            const float here = upper[h] + (lower[h] - upper[h]) * fy, beside = upper[side] + (lower[side] - upper[side]) * fy;
            out[x] = out[x] + (here * 0.75f + beside * 0.25f) * weight;
        }
    }
}

static void smooth(float *plane, int width, int height, float *row) {
    for (int y = 0; y < height; y++) {
        float *restrict line = plane + (size_t)y * width;
        memcpy(row + 1, line, (size_t)width * 4);
        row[0] = row[1];
        row[width + 1] = row[width];
        HOT_LOOP
        for (int x = 0; x < width; x++) line[x] = row[x] * 0.25f + row[x + 1] * 0.5f + row[x + 2] * 0.25f;
    }
    float *above = row + width + 8;
    memcpy(above, plane, (size_t)width * 4);
    for (int y = 0; y < height; y++) {
        float *restrict line = plane + (size_t)y * width;
        const float *restrict below = plane + (size_t)least(y + 1, height - 1) * width;
        HOT_LOOP
        for (int x = 0; x < width; x++) {
            const float old = line[x];
            line[x] = above[x] * 0.25f + old * 0.5f + below[x] * 0.25f;
            above[x] = old;
        }
    }
}

// Halve and halve again, then add up from the widest: a glow with a sharp core and a long tail.
void spread_bloom(Context *context, const Frame *frame) {
    gather_bright(context, frame);
    for (int level = 0; level + 1 < BLOOM_LEVELS; level++) {
        const int w = context->bloom_width[level], h = context->bloom_height[level];
        const int w2 = context->bloom_width[level + 1], h2 = context->bloom_height[level + 1];
        for (int c = 0; c < 3; c++) {
            float *from = context->bloom[level] + (size_t)c * w * h;
            if (level < 2) smooth(from, w, h, context->post_rows);
            halve(from, w, h, context->bloom[level + 1] + (size_t)c * w2 * h2, w2, h2);
        }
    }
    for (int level = BLOOM_LEVELS - 2; level >= 0; level--) {
        const int w = context->bloom_width[level], h = context->bloom_height[level];
        const int w2 = context->bloom_width[level + 1], h2 = context->bloom_height[level + 1];
        for (int c = 0; c < 3; c++) {
            float *coarse = context->bloom[level + 1] + (size_t)c * w2 * h2;
            smooth(coarse, w2, h2, context->post_rows);
            add_enlarged(coarse, w2, h2, context->bloom[level] + (size_t)c * w * h, w, h, 0.85f);
        }
    }
}

typedef struct {
    vfloat y, blue, red;
} Chroma;

// Light to BT.709 luma and colour differences, all as shares of full scale.
INLINE Chroma expose(const Frame *frame, vec3 light, vfloat gain) {
    const vec3 l = scale3(light, gain);
    const float contrast = frame->contrast * BASE_CONTRAST;
    const vfloat r = film_curve(0.8424791f * l.x + 0.0784336f * l.y + 0.0792237f * l.z, contrast);
    const vfloat g = film_curve(0.0423282f * l.x + 0.8784686f * l.y + 0.0791661f * l.z, contrast);
    const vfloat b = film_curve(0.0423757f * l.x + 0.0784336f * l.y + 0.8791430f * l.z, contrast);
    const vfloat grey = 0.2126f * r + 0.7152f * g + 0.0722f * b;
    const float saturation = frame->saturation * BASE_SATURATION;
    const vec3 rich = {grey + (r - grey) * saturation, grey + (g - grey) * saturation, grey + (b - grey) * saturation};
    vec3 out = {1.1968790f * rich.x - 0.0980209f * rich.y - 0.0990297f * rich.z,
                -0.0528969f * rich.x + 1.1519031f * rich.y - 0.0989612f * rich.z,
                -0.0529716f * rich.x - 0.0980435f * rich.y + 1.1510737f * rich.z};
    const vfloat tone = saturate(grey);
    out = mul3(out, mix3(vec3_load(frame->shadow_tint), vec3_load(frame->highlight_tint), tone));
    out = (vec3){saturate(out.x), saturate(out.y), saturate(out.z)};
    const vfloat y = 0.2126f * out.x + 0.7152f * out.y + 0.0722f * out.z;
    return (Chroma){y, (out.z - y) * (1.f / 1.8556f), (out.x - y) * (1.f / 1.5748f)};
}

// What a film of another sensitivity makes of the light.
INLINE vec3 mixed(const Finish *finish, vec3 light) {
    const float *m = finish->mixer;
    return (vec3){m[0] * light.x + m[1] * light.y + m[2] * light.z, m[3] * light.x + m[4] * light.y + m[5] * light.z,
                  m[6] * light.x + m[7] * light.y + m[8] * light.z};
}

// One row of bloom, enlarged four times.
static void enlarge_bloom_row(const Context *context, int y, int width, float *out, int channel) {
    const int w = context->bloom_width[0], h = context->bloom_height[0];
    const float v = ((float)y + 0.5f) * 0.25f - 0.5f;
    const int y0 = v < 0.f ? 0 : least((int)v, h - 1), y1 = least(y0 + 1, h - 1);
    const float fy = v < 0.f ? 0.f : v - (float)y0;
    const float *restrict upper = context->bloom[0] + ((size_t)channel * h + y0) * w;
    const float *restrict lower = context->bloom[0] + ((size_t)channel * h + y1) * w;
    float *restrict line = context->post_rows;
    for (int x = 0; x < w; x++) line[x + 1] = upper[x] + (lower[x] - upper[x]) * fy;
    line[0] = line[1];
    line[w + 1] = line[w];
#define FOURFOLD(a) __builtin_shufflevector(a, a, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
    const vfloat left = {0.375f, 0.125f, 0.f, 0.f, 0.375f, 0.125f, 0.f, 0.f, 0.375f, 0.125f, 0.f, 0.f, 0.375f, 0.125f, 0.f, 0.f};
    const vfloat right = {0.f, 0.f, 0.125f, 0.375f, 0.f, 0.f, 0.125f, 0.375f, 0.f, 0.f, 0.125f, 0.375f, 0.f, 0.f, 0.125f, 0.375f};
    for (int x = 0; 4 * x < width; x += 4) {
        const vfloat4 before = *(const vfloat4_u *)(line + x), here = *(const vfloat4_u *)(line + x + 1), after = *(const vfloat4_u *)(line + x + 2);
        const vfloat own = FOURFOLD(here);
        *(vfloat_u *)(out + 4 * x) = own + (FOURFOLD(before) - own) * left + (FOURFOLD(after) - own) * right;
    }
#undef FOURFOLD
}

typedef uint8_t bytes16 __attribute__((ext_vector_type(16), aligned(1)));

void develop(Context *context, const Frame *frame) {
    const Picture *p = &context->main;
    const int width = p->width, height = p->height;
    const size_t row_floats = (size_t)p->stride + 64;
    float *bloom[3] = {context->post_rows + row_floats, context->post_rows + 2 * row_floats, context->post_rows + 3 * row_floats};
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const float aspect = (float)width / (float)height;
    for (int y = 0; y < height; y++) {
        for (int c = 0; c < 3; c++) enlarge_bloom_row(context, y, width, bloom[c], c);
        const size_t row = (size_t)y * p->stride;
        const float v = ((float)y + 0.5f) / (float)height - 0.5f;
        for (int x = 0; x < width; x += LANES) {
            vec3 light = {*(vfloat_u *)(p->red + row + x), *(vfloat_u *)(p->green + row + x), *(vfloat_u *)(p->blue + row + x)};
            light = mad3((vec3){*(vfloat_u *)(bloom[0] + x), *(vfloat_u *)(bloom[1] + x), *(vfloat_u *)(bloom[2] + x)},
                         splat(frame->bloom), light);
            const vfloat u = ((lane + (float)x + 0.5f) * (1.f / (float)width) - 0.5f) * fminf(aspect, 1.5f);
            const vfloat corner = u * u + v * v;
            const vfloat gain = frame->exposure * (1.f - frame->vignette * corner * (1.1f - 0.25f * corner));
            if (frame->finish) light = mixed(frame->finish, light);
            const Chroma film = expose(frame, light, gain);
            *(bytes16 *)(context->luma + row + x) = __builtin_convertvector(to_int(16.5f + 219.f * film.y), bytes16);
            *(bytes16 *)(context->blue_diff + row + x) = __builtin_convertvector(to_int(128.5f + 224.f * film.blue), bytes16);
            *(bytes16 *)(context->red_diff + row + x) = __builtin_convertvector(to_int(128.5f + 224.f * film.red), bytes16);
        }
    }
}

// Grain, strongest in the middle tones, as on film: the sum of two uniform values per pixel.
static void add_grain(uint8_t *row, int width, int y, uint32_t seed, float amount) {
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int x = 0; x < width; x += LANES) {
        const vint h = hash_lanes(lane + x + (int)(seed * 2654435761u), splat_int(y) + (int)(seed * 40503u));
        const vfloat noise = to_float((h & 0xffff) + shift_right(h, 16)) * (1.f / 65535.f) - 1.f;
        const int left = width - x;
        bytes16 old;
        if (left >= LANES) old = *(const bytes16 *)(row + x);
        else for (int k = 0; k < LANES; k++) old[k] = k < left ? row[x + k] : 16;
        const vfloat luma = __builtin_convertvector(old, vfloat);
        const vfloat tone = (luma - 16.f) * (1.f / 219.f);
        const vfloat strength = amount * (0.35f + 2.6f * tone * (1.f - tone)) * (219.f * 2.45f);
        const bytes16 grained = __builtin_convertvector(to_int(vclamp(luma + noise * strength + 0.5f, 16.f, 235.f)), bytes16);
        if (left >= LANES) *(bytes16 *)(row + x) = grained;
        else for (int k = 0; k < left; k++) row[x + k] = grained[k];
    }
}

void grain_planes(const Context *context, const Frame *frame, uint8_t *out) {
    if (frame->grain <= 0.f) return;
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) add_grain(out + (size_t)y * p->width, p->width, y, frame->grain_seed, frame->grain);
}
