// Depth of field: what is out of focus spreads over a disc, gathered at half size.
#include "kernel.h"

typedef uint8_t bytes16 __attribute__((ext_vector_type(16), aligned(1)));
typedef uint8_t bytes32 __attribute__((ext_vector_type(32), aligned(1)));

#define RADIUS_MAX 11.f
#define TAPS 45

// Rings of a disc, in half-size pixels; the weight stands for the area that a tap speaks for.
static const struct {
    float radius;
    int count;
} RINGS[5] = {{1.4f, 6}, {3.0f, 8}, {5.2f, 9}, {7.9f, 10}, {10.9f, 12}};

static void shrink_colour(Context *context, const Frame *frame) {
    const Picture *p = &context->main;
    const float focus = 1.f / frame->focus_m;
    for (int y = 0; y < context->half_height; y++) {
        const size_t row = (size_t)y * context->half_stride;
        const float *planes[3] = {p->red, p->green, p->blue};
        for (int c = 0; c < 3; c++) {
            const float *restrict upper = planes[c] + (size_t)(2 * y) * p->stride, *restrict lower = upper + p->stride;
            float *restrict to = context->focus[c] + row;
            HOT_LOOP
            for (int x = 0; x < context->half_width; x++) {
                const float mean = (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) * 0.25f;
                to[x] = mean < 24.f ? mean : 24.f;
            }
        }
        const float *restrict depth = context->half_depth + row;
        float *restrict radius = context->half_scratch + row;
        const float lens = frame->lens_px * 0.25f;
        HOT_LOOP
        for (int x = 0; x < context->half_width; x++) {
            const float spread = fabsf(focus - 1.f / depth[x]) * lens;
            radius[x] = spread < RADIUS_MAX ? spread : RADIUS_MAX;
        }
    }
}

// Repeat the outermost pixels to the sides, as far as a tap reaches.
static void extend_sides(const Context *context, float *plane) {
    for (int y = 0; y < context->half_height; y++) {
        float *row = plane + (size_t)y * context->half_stride;
        const int last = context->half_width - 1;
        for (int k = 1; k <= (int)RADIUS_MAX + 1; k++) {
            row[-k] = row[0];
            row[last + k] = row[last];
        }
    }
}

// What is spread wider than this, in half-size pixels, is softened over so many to each side before.
static const struct {
    float radius;
    int step;
} SOFTENED[2] = {{1.8f, 1}, {5.f, 2}};

// Taps lie further apart than a glint is wide: spread as it is, one would become a sprinkle of dots, a
// dot for each tap that meets it. So what is spread wide is first softened over the gaps between taps,
// where all that lies around is spread wide as well, or outlines would bleed.
static void soften(const Context *context, float *const *from, float *const *to, int which) {
    const int step = SOFTENED[which].step, width = context->half_width, height = context->half_height, stride = context->half_stride;
    for (int y = 0; y < height; y++) {
        const int up = y >= step ? -step * stride : 0, down = y + step < height ? step * stride : 0;
        for (int x = 0; x < width; x += LANES) {
            const size_t at = (size_t)y * stride + x;
            const float *radius = context->half_scratch + at;
            const vfloat least = vmin(vmin(*(vfloat_u *)(radius - step), *(vfloat_u *)(radius + step)),
                                      vmin(*(vfloat_u *)radius, vmin(*(vfloat_u *)(radius + up), *(vfloat_u *)(radius + down))));
            const vint wide = least > SOFTENED[which].radius;
            for (int c = 0; c < 3; c++) {
                const float *row = from[c] + at;
                const vfloat here = *(const vfloat_u *)row;
                if (!any(wide)) {
                    *(vfloat_u *)(to[c] + at) = here;
                    continue;
                }
#define ACROSS(row) (*(const vfloat_u *)((row) - step) + 2.f * *(const vfloat_u *)(row) + *(const vfloat_u *)((row) + step))
                const vfloat mean = (ACROSS(row + up) + 2.f * ACROSS(row) + ACROSS(row + down)) * (1.f / 16.f);
#undef ACROSS
                *(vfloat_u *)(to[c] + at) = wide ? mean : here;
            }
        }
    }
}

typedef struct {
    int dx, dy;
    float length, area;
} Tap;

static int lay_taps(Tap *taps) {
    int count = 0;
    float inner = 0.7f;
    for (int ring = 0; ring < 5; ring++) {
        const float outer = ring < 4 ? 0.5f * (RINGS[ring].radius + RINGS[ring + 1].radius) : RADIUS_MAX + 1.f;
        for (int k = 0; k < RINGS[ring].count; k++) {
            const float angle = 6.2831853f * ((float)k + 0.5f * (float)(ring & 1)) / (float)RINGS[ring].count;
            Tap *tap = &taps[count++];
            tap->dx = (int)lrintf(cosf(angle) * RINGS[ring].radius);
            tap->dy = (int)lrintf(sinf(angle) * RINGS[ring].radius);
            tap->length = sqrtf((float)(tap->dx * tap->dx + tap->dy * tap->dy));
            tap->area = (outer * outer - inner * inner) / (float)RINGS[ring].count;
        }
        inner = outer;
    }
    return count;
}

#define PATCH 16

// The widest blur within reach of each patch of 16 by 16: taps further out cannot hit anything.
static void widest_around(const Context *context, float *widest, int columns, int rows) {
    float *own = widest + (size_t)columns * rows;
    for (int py = 0; py < rows; py++) {
        for (int px = 0; px < columns; px++) {
            vfloat most = splat(0.f);
            for (int y = py * PATCH; y < py * PATCH + PATCH && y < context->half_height; y++) {
                most = vmax(most, *(vfloat_u *)(context->half_scratch + (size_t)y * context->half_stride + px * PATCH));
            }
            own[(size_t)py * columns + px] = __builtin_reduce_max(most);
        }
    }
    for (int py = 0; py < rows; py++) {
        for (int px = 0; px < columns; px++) {
            float most = 0.f;
            for (int ny = py > 0 ? py - 1 : 0; ny <= py + 1 && ny < rows; ny++) {
                for (int nx = px > 0 ? px - 1 : 0; nx <= px + 1 && nx < columns; nx++) most = fmaxf(most, own[(size_t)ny * columns + nx]);
            }
            widest[(size_t)py * columns + px] = most;
        }
    }
}

// Blur radii are kept in sixteenths of a half-size pixel.
#define RADIUS_STEPS 16.f

// The blur radius of every pixel at full size, in rows, into the plane that later holds luma.
static void measure_radii(Context *context, const Frame *frame) {
    const Picture *p = &context->main;
    const float focus = 1.f / frame->focus_m, lens = frame->lens_px * 0.25f * RADIUS_STEPS;
    for (int tile = 0; tile < p->tiles_x * p->tiles_y; tile++) {
        uint8_t *corner = context->luma + (size_t)(tile / p->tiles_x * TILE_HEIGHT) * p->stride + tile % p->tiles_x * TILE_WIDTH;
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const vfloat q = *(const vfloat *)(p->depth + (size_t)tile * TILE_PIXELS + block * LANES);
            const vfloat radius = vmin(vabs(q - focus) * lens, splat(RADIUS_MAX * RADIUS_STEPS));
            const bytes16 bytes = __builtin_convertvector(to_int(radius), bytes16);
            uint32_t rows[4];
            memcpy(rows, &bytes, sizeof rows);
            uint8_t *to = corner + (size_t)(block / TILE_BLOCKS_X * 4) * p->stride + block % TILE_BLOCKS_X * 4;
            for (int r = 0; r < 4; r++) memcpy(to + (size_t)r * p->stride, &rows[r], 4);
        }
    }
}

// What a row of half-size pixels has to give to a row of the picture.
typedef struct {
    const float *radius, *veil, *red, *green, *blue;
} HalfRow;

static HalfRow half_row(const Context *context, float *const *blurred, const float *veils, int row) {
    const size_t at = (size_t)row * context->half_stride;
    return (HalfRow){context->half_scratch + at, veils + at, blurred[0] + at, blurred[1] + at, blurred[2] + at};
}

#define LOAD(plane, at) (*(const vfloat_u *)((plane) + (at)))

// How much a half-size pixel out of focus by `radius` has to say about a pixel out of focus by `own`.
INLINE vfloat kinship(vfloat radius, vfloat own, float nearness) {
    return nearness * (0.02f + vmax(1.f - vabs(radius - own) * 0.8f, splat(0.f)));
}

typedef struct {
    vfloat share;
    vec3 colour;
} Blur;

// The blur at sixteen pixels that lie `side` of the half-size pixels from `h` on. The sides were
// extended, so the neighbour may lie one outside.
INLINE Blur blur_at(const HalfRow *upper, const HalfRow *lower, int h, int side, vfloat own, float fy) {
    const float wide0 = 0.75f * (1.f - fy), wide1 = 0.75f * fy, slim0 = 0.25f * (1.f - fy), slim1 = 0.25f * fy;
    const int n = h + side;
    const vfloat k0 = kinship(LOAD(upper->radius, h), own, wide0), k1 = kinship(LOAD(lower->radius, h), own, wide1);
    const vfloat k2 = kinship(LOAD(upper->radius, n), own, slim0), k3 = kinship(LOAD(lower->radius, n), own, slim1);
    const vfloat veil = wide0 * LOAD(upper->veil, h) + wide1 * LOAD(lower->veil, h) + slim0 * LOAD(upper->veil, n) + slim1 * LOAD(lower->veil, n);
    const vfloat share = saturate(vmax(own * 2.f - 0.6f, veil)), gain = share / (k0 + k1 + k2 + k3);
#define MEAN(c) ((k0 * LOAD(upper->c, h) + k1 * LOAD(lower->c, h) + k2 * LOAD(upper->c, n) + k3 * LOAD(lower->c, n)) * gain)
    return (Blur){share, {MEAN(red), MEAN(green), MEAN(blue)}};
#undef MEAN
}

// Lay left and right results over two vectors of a row.
INLINE void lay_over(float *row, vfloat left, vfloat left_share, vfloat right, vfloat right_share) {
    for (int half = 0; half < 2; half++) {
        vfloat_u *to = (vfloat_u *)(row + half * LANES);
#define WOVEN(a, b) (half ? __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31) \
                          : __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
        const vfloat share = WOVEN(left_share, right_share);
        *to = WOVEN(left, right) + *to * (1.f - share);
#undef WOVEN
    }
}

// Lay the blur over the picture. A pixel takes it from those of the four nearest half-size pixels
// that are as far out of focus as itself, so that outlines in focus stay sharp.
static void compose(Context *context, float *const *blurred, const float *veils, const float *widest) {
    Picture *p = &context->main;
    const int width = context->half_width, height = context->half_height, columns = (width + PATCH - 1) / PATCH;
    for (int y = 0; y < p->height; y++) {
        const float v = ((float)y + 0.5f) * 0.5f - 0.5f;
        const int row0 = v < 0.f ? 0 : (int)v, row1 = row0 + 1 < height ? row0 + 1 : row0;
        const float fy = v < 0.f ? 0.f : v - (float)row0;
        const HalfRow upper = half_row(context, blurred, veils, row0), lower = half_row(context, blurred, veils, row1);
        const size_t at = (size_t)y * p->stride;
        const uint8_t *radii = context->luma + at;
        for (int h = 0; h < width; h += LANES) {
            // Nothing within reach of this patch is blurred, so neither is anything in it.
            if (widest[(size_t)(y / 2 / PATCH) * columns + h / PATCH] < 0.3f) continue;
            const bytes32 both = *(const bytes32 *)(radii + 2 * h);
            const bytes16 even = __builtin_shufflevector(both, both, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            const bytes16 odd = __builtin_shufflevector(both, both, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
            const Blur left = blur_at(&upper, &lower, h, -1, __builtin_convertvector(even, vfloat) * (1.f / RADIUS_STEPS), fy);
            const Blur right = blur_at(&upper, &lower, h, 1, __builtin_convertvector(odd, vfloat) * (1.f / RADIUS_STEPS), fy);
            lay_over(p->red + at + 2 * h, left.colour.x, left.share, right.colour.x, right.share);
            lay_over(p->green + at + 2 * h, left.colour.y, left.share, right.colour.y, right.share);
            lay_over(p->blue + at + 2 * h, left.colour.z, left.share, right.colour.z, right.share);
        }
    }
}

void blur_by_depth(Context *context, const Frame *frame) {
    if (frame->lens_px <= 0.f || frame->focus_m <= 0.f) return;
    shrink_colour(context, frame);
    for (int c = 0; c < 3; c++) extend_sides(context, context->focus[c]);
    extend_sides(context, context->half_scratch);
    Tap taps[TAPS];
    const int count = lay_taps(taps);
    const int width = context->half_width, height = context->half_height, stride = context->half_stride;
    float *blurred[3] = {context->focus[3], context->focus[3] + (size_t)stride * height, context->focus[3] + (size_t)stride * height * 2};
    float *veils = context->focus[3] + (size_t)stride * height * 3;
    soften(context, context->focus, blurred, 0);
    for (int c = 0; c < 3; c++) extend_sides(context, blurred[c]);
    soften(context, blurred, context->focus, 1);
    for (int c = 0; c < 3; c++) extend_sides(context, context->focus[c]);
    const int columns = (width + PATCH - 1) / PATCH, rows = (height + PATCH - 1) / PATCH;
    float *widest = context->bloom[0];  // not yet in use, and larger than two values a patch
    widest_around(context, widest, columns, rows);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x += LANES) {
            const size_t at = (size_t)y * stride + x;
            const float most = widest[(size_t)(y / PATCH) * columns + x / PATCH];
            if (most < 0.3f) {
                *(vfloat_u *)(veils + at) = splat(0.f);
                for (int c = 0; c < 3; c++) *(vfloat_u *)(blurred[c] + at) = *(vfloat_u *)(context->focus[c] + at);
                continue;
            }
            const vfloat own = *(vfloat_u *)(context->half_scratch + at), depth = *(vfloat_u *)(context->half_depth + at);
            const vfloat own_weight = 0.5f / (own * own + 0.5f);
            vec3 sum = scale3((vec3){*(vfloat_u *)(context->focus[0] + at), *(vfloat_u *)(context->focus[1] + at), *(vfloat_u *)(context->focus[2] + at)}, own_weight);
            vfloat total = own_weight, veil = splat(0.f);
            for (int k = 0; k < count; k++) {
                if (taps[k].length > most + 1.f) continue;
                const int ty = y + taps[k].dy;
                if (ty < 0 || ty >= height) continue;
                const size_t there = (size_t)ty * stride + x + taps[k].dx;
                const vfloat radius = *(vfloat_u *)(context->half_scratch + there), other = *(vfloat_u *)(context->half_depth + there);
                // What lies behind spreads no further than the pixel itself is blurred, or sharp
                // outlines would glow.
                const vfloat reach = other > depth * 1.02f ? vmin(radius, own) : radius;
                const vfloat hit = saturate(reach - taps[k].length + 1.f) * (taps[k].area / 3.1416f);
                const vfloat weight = hit / (radius * radius + 0.5f);
                sum = add3(sum, scale3((vec3){*(vfloat_u *)(context->focus[0] + there), *(vfloat_u *)(context->focus[1] + there),
                                              *(vfloat_u *)(context->focus[2] + there)}, weight));
                total += weight;
                veil += other < depth * 0.98f ? weight : splat(0.f);
            }
            const vfloat inverse = 1.f / vmax(total, splat(1e-5f));
            *(vfloat_u *)(blurred[0] + at) = sum.x * inverse;
            *(vfloat_u *)(blurred[1] + at) = sum.y * inverse;
            *(vfloat_u *)(blurred[2] + at) = sum.z * inverse;
            *(vfloat_u *)(veils + at) = saturate(veil * 1.2f);
        }
    }
    for (int c = 0; c < 3; c++) extend_sides(context, blurred[c]);
    extend_sides(context, veils);
    measure_radii(context, frame);
    compose(context, blurred, veils, widest);
}
