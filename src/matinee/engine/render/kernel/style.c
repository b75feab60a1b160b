// The finish: a developed picture becomes a drawing, a painting, a print or a cut-out.
//
// Everything here works on what the film shows, red, green and blue from 0 to 1, at full size, in
// the colour planes that the light no longer needs. Lengths come in pixels of this picture. What
// must not boil (paper, canvas, bristles) is laid over the picture once and stays where it is.
#include <stdlib.h>
#include "noise.h"

#define PAD 32
#define NOISE_LEVELS_USED 9

typedef uint8_t bytes16 __attribute__((ext_vector_type(16), aligned(1)));

// The planes of a finish, each with a border of PAD on all sides.
enum { MEAN_RED, MEAN_GREEN, MEAN_BLUE, MEAN_SQUARE, SCRATCH, DEPTH, KEY, PACKED, PAPER, PLANES };

static inline int stride_of(const Context *context) { return context->main.stride + 2 * PAD; }

static inline float *plane_of(const Context *context, int plane, int y) {
    const size_t size = (size_t)stride_of(context) * (context->main.height + 2 * PAD);
    return context->finish_planes + plane * size + (size_t)(y + PAD) * stride_of(context) + PAD;
}

static inline float *colour_row(const Context *context, int channel, int y) {
    const Picture *p = &context->main;
    float *const planes[3] = {p->red, p->green, p->blue};
    return planes[channel] + (size_t)y * p->stride;
}

// Repeat the outermost pixels into the border.
static void extend(const Context *context, int plane) {
    const int width = context->main.width, height = context->main.height, stride = stride_of(context);
    for (int y = 0; y < height; y++) {
        int32_t *row = (int32_t *)plane_of(context, plane, y);
        for (int k = 1; k <= PAD; k++) row[-k] = row[0];
        for (int x = width; x < context->main.stride + PAD; x++) row[x] = row[width - 1];
    }
    for (int k = 1; k <= PAD; k++) {
        memcpy(plane_of(context, plane, -k) - PAD, plane_of(context, plane, 0) - PAD, (size_t)stride * 4);
        memcpy(plane_of(context, plane, height - 1 + k) - PAD, plane_of(context, plane, height - 1) - PAD, (size_t)stride * 4);
    }
}

// Paper and bristles, made once for a size: broad, middling and fine noise and threads, a byte each.
static void lay_paper(const Context *context, float pixels_per_tile) {
    const float scale = 1.f / pixels_per_tile;
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < context->main.height; y++) {
        for (int x = 0; x < context->main.width; x += LANES) {
            const vfloat u = (lane + (float)x) * scale, v = splat((float)y * scale);
            const uint32_t *texture = context->geometry->noise;
            const Noise wide = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS_USED, u * 0.31f, v * 0.31f, splat(1.f));
            const Noise near = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS_USED, u * 1.7f + 0.37f, v * 1.7f, splat(1.f));
            const Noise thread = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS_USED, u * 0.9f, v * 0.13f + 0.5f, splat(1.f));
            const vint bytes = to_int(saturate(wide.broad) * 255.f) | to_int(saturate(near.middle) * 255.f) << 8 |
                               to_int(saturate(near.fine) * 255.f) << 16 | to_int(saturate(thread.fine) * 255.f) << 24;
            *(vint_u *)(plane_of(context, PAPER, y) + x) = bytes;
        }
    }
    extend(context, PAPER);
}

INLINE vfloat byte_of(vint packed, int shift) { return to_float(shift_right(packed, shift) & 255) * (1.f / 255.f); }

static void make_planes(Context *context, const Finish *finish) {
    if (!context->finish_planes) {
        const size_t size = (size_t)stride_of(context) * (context->main.height + 2 * PAD);
        context->finish_planes = aligned_bytes(size * PLANES * 4);
        memset(context->finish_planes, 0, size * PLANES * 4);
    }
    if (context->finish_paper_px != finish->paper_px) {
        lay_paper(context, finish->paper_px);
        context->finish_paper_px = finish->paper_px;
    }
}

// From the film's luma and colour differences to red, green and blue, and back.
static void to_colour(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const size_t row = (size_t)y * p->stride;
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat luma = (__builtin_convertvector(*(bytes16 *)(context->luma + row + x), vfloat) - 16.f) * (1.f / 219.f);
            const vfloat blue = (__builtin_convertvector(*(bytes16 *)(context->blue_diff + row + x), vfloat) - 128.f) * (1.8556f / 224.f);
            const vfloat red = (__builtin_convertvector(*(bytes16 *)(context->red_diff + row + x), vfloat) - 128.f) * (1.5748f / 224.f);
            const vfloat r = luma + red, b = luma + blue;
            *(vfloat_u *)(p->red + row + x) = saturate(r);
            *(vfloat_u *)(p->green + row + x) = saturate((luma - 0.2126f * r - 0.0722f * b) * (1.f / 0.7152f));
            *(vfloat_u *)(p->blue + row + x) = saturate(b);
        }
    }
}

static void from_colour(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const size_t row = (size_t)y * p->stride;
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat r = saturate(*(vfloat_u *)(p->red + row + x)), g = saturate(*(vfloat_u *)(p->green + row + x)),
                         b = saturate(*(vfloat_u *)(p->blue + row + x));
            const vfloat luma = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            *(bytes16 *)(context->luma + row + x) = __builtin_convertvector(to_int(16.5f + 219.f * luma), bytes16);
            *(bytes16 *)(context->blue_diff + row + x) = __builtin_convertvector(to_int(128.5f + (b - luma) * (224.f / 1.8556f)), bytes16);
            *(bytes16 *)(context->red_diff + row + x) = __builtin_convertvector(to_int(128.5f + (r - luma) * (224.f / 1.5748f)), bytes16);
        }
    }
}

// What each triangle is a piece of: two pieces that differ are drawn apart. Bit 0 marks leaves,
// grass and hair, whose creases are not worth a line.
static int32_t key_of(const Context *context, const ShadeTriangle *triangle) {
    const uint32_t vertex = triangle->v[0], still = (uint32_t)context->geometry->static_vertices;
    const float *attributes = vertex < still ? context->geometry->attributes + (size_t)vertex * ATTRIBUTES
                                             : context->attributes + (size_t)(vertex - still) * ATTRIBUTES;
    const int surface = (int)attributes[AT_SURFACE] & 31;
    const int loose = surface == FOLIAGE || surface == GRASS || surface == HAIR;
    // An eye belongs to its face: a line around it would blacken it.
    int32_t key = triangle->part << 12 | (surface == EYE ? SKIN : surface) << 1 | loose;
    if (triangle->part > 1 && surface == CLOTH) {
        // A shirt and trousers of the same cloth are two pieces when their colours differ.
        for (int c = 0; c < 3; c++) key |= (int)(sqrtf(fmaxf(attributes[AT_ALBEDO + c], 0.f)) * 3.5f) << (6 + 2 * c);
    }
    return key;
}

// Depth (1/w) and keys from tiles to rows.
static void lay_out_pieces(Context *context) {
    const Picture *p = &context->main;
    int32_t *keys = (int32_t *)aligned_bytes((size_t)(p->triangle_count + LANES) * 4);
    for (int k = 0; k < p->triangle_count; k++) keys[k] = key_of(context, &p->shade[k]);
    for (int tile = 0; tile < p->tiles_x * p->tiles_y; tile++) {
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const int px = tile % p->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4;
            const int py = tile / p->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4;
            if (px >= p->width || py >= p->height) continue;
            const size_t from = (size_t)tile * TILE_PIXELS + block * LANES;
            const vint triangle = *(const vint *)(p->triangle + from);
            const vint seen = triangle != splat_int(-1);
            vint key = splat_int(0);
            if (any(seen)) key = gather_int(keys, triangle & seen) & seen;
            const vfloat depth = *(const vfloat *)(p->depth + from);
            for (int r = 0; r < 4 && py + r < p->height; r++) {
                memcpy(plane_of(context, DEPTH, py + r) + px, (const float *)&depth + 4 * r, 16);
                memcpy(plane_of(context, KEY, py + r) + px, (const int32_t *)&key + 4 * r, 16);
            }
        }
    }
    free(keys);
    extend(context, DEPTH);
    extend(context, KEY);
}

// Cut paper throws its shadow down and to the right, on whatever lies clearly behind it; its cut
// edge catches the light on the other side.
static void drop_shadows(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    enum { STEPS = 7 };
    int offsets[STEPS];
    for (int k = 0; k < STEPS; k++) {
        const float reach = finish->shadow_px * ((float)k + 1.f) / STEPS;
        const int aside = (k % 3 - 1) * (int)(finish->shadow_px * 0.16f);
        offsets[k] = -(int)(reach * 0.95f + 0.5f) * stride - (int)(reach * 0.62f + 0.5f) + aside;
    }
    const int rim = -stride * (finish->shadow_px > 6.f ? 2 : 1) - 1;
    for (int y = 0; y < p->height; y++) {
        const float *depth = plane_of(context, DEPTH, y);
        const int32_t *key = (const int32_t *)plane_of(context, KEY, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat here = *(vfloat_u *)(depth + x);
            const vint own = *(vint_u *)(key + x);
            vfloat covered = splat(0.f);
            for (int k = 0; k < STEPS; k++) {
                const vfloat above = *(vfloat_u *)(depth + x + offsets[k]);
                const vint behind = (above > here * 1.02f + 1e-4f) & (above * (1.f - 0.10f * here) > here);
                covered += behind ? splat(1.f - 0.45f * (float)k / STEPS) : splat(0.f);
            }
            const vfloat dim = 1.f - finish->shadow * saturate(covered * (1.6f / STEPS));
            const vint edge = (*(vfloat_u *)(depth + x + rim) < here * 0.975f) & (*(vint_u *)(key + x + rim) != own);
            const vfloat lift = edge ? splat(0.16f) : splat(0.f);
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to * dim, splat(1.f), lift * finish->shadow);
            }
        }
    }
}

// A colour in 32 bits, with the bristle noise in the last byte, for filters that reach far.
static void pack_colours(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        int32_t *to = (int32_t *)plane_of(context, PACKED, y);
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            vint packed = *(vint_u *)(paper + x) & (int)0xff000000;
            for (int c = 0; c < 3; c++) packed |= to_int(saturate(*(vfloat_u *)(colour_row(context, c, y) + x)) * 255.f + 0.5f) << (8 * c);
            *(vint_u *)(to + x) = packed;
        }
    }
    extend(context, PACKED);
}

// Wet colour runs: every pixel is fetched from a little way off, along slow noise.
static void run_colours(const Context *context, float reach) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    pack_colours(context);
    const int32_t *from = (const int32_t *)plane_of(context, PACKED, 0);
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vint texel = *(vint_u *)(paper + x);
            const vfloat dx = (byte_of(texel, 0) + 0.5f * byte_of(texel, 8) - 0.75f) * (2.2f * reach);
            const vfloat dy = (byte_of(*(vint_u *)(paper + x - 23), 0) + 0.5f * byte_of(*(vint_u *)(paper + x - 17), 8) - 0.75f) * (2.2f * reach);
            const vint at = (to_int(vclamp(dy, -PAD + 1.f, PAD - 1.f) + (float)(y + PAD)) - PAD) * stride + lane + x +
                            to_int(vclamp(dx, -PAD + 1.f, PAD - 1.f) + (float)PAD) - PAD;
            const vint colour = gather_int(from, at);
            for (int c = 0; c < 3; c++) *(vfloat_u *)(colour_row(context, c, y) + x) = byte_of(colour, 8 * c);
        }
    }
}

enum { TAPS_MAX = 25 };

static void blur_plane(const Context *context, int plane, int reach, const float *weights) {
    const int width = context->main.width, height = context->main.height, stride = stride_of(context);
    for (int y = 0; y < height; y++) {
        const float *from = plane_of(context, plane, y);
        float *to = plane_of(context, SCRATCH, y);
        for (int x = 0; x < width; x += LANES) {
            vfloat sum = splat(0.f);
            for (int k = -reach; k <= reach; k++) sum += *(vfloat_u *)(from + x + k) * weights[k + reach];
            *(vfloat_u *)(to + x) = sum;
        }
    }
    extend(context, SCRATCH);
    for (int y = 0; y < height; y++) {
        const float *from = plane_of(context, SCRATCH, y);
        float *to = plane_of(context, plane, y);
        for (int x = 0; x < width; x += LANES) {
            vfloat sum = splat(0.f);
            for (int k = -reach; k <= reach; k++) sum += *(vfloat_u *)(from + x + k * stride) * weights[k + reach];
            *(vfloat_u *)(to + x) = sum;
        }
    }
    extend(context, plane);
}

// Means and mean squares around every pixel, by a Gaussian of that deviation.
static void gather_means(const Context *context, float deviation) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        float *red = plane_of(context, MEAN_RED, y), *green = plane_of(context, MEAN_GREEN, y), *blue = plane_of(context, MEAN_BLUE, y);
        float *square = plane_of(context, MEAN_SQUARE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat r = *(vfloat_u *)(colour_row(context, 0, y) + x), g = *(vfloat_u *)(colour_row(context, 1, y) + x),
                         b = *(vfloat_u *)(colour_row(context, 2, y) + x);
            *(vfloat_u *)(red + x) = r;
            *(vfloat_u *)(green + x) = g;
            *(vfloat_u *)(blue + x) = b;
            *(vfloat_u *)(square + x) = r * r + g * g + b * b;
        }
    }
    const int reach = (int)fminf(ceilf(deviation * 2.2f), (float)(TAPS_MAX / 2));
    float weights[TAPS_MAX], total = 0.f;
    for (int k = -reach; k <= reach; k++) total += weights[k + reach] = expf(-0.5f * (float)(k * k) / (deviation * deviation));
    for (int k = 0; k <= 2 * reach; k++) weights[k] /= total;
    for (int plane = MEAN_RED; plane <= MEAN_SQUARE; plane++) {
        extend(context, plane);
        blur_plane(context, plane, reach, weights);
    }
}

// Brush dabs: the generalised Kuwahara filter (Papari, Petkov and Campisi 2007), whose sectors are
// Gaussians set off in eight directions. A pixel takes the colour of the calmest neighbourhoods. On
// faces and hands, where a painter takes the finer brush, most of the drawing stays.
static void dab(const Context *context, const Finish *finish) {
    const float radius = finish->brush_px;
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    gather_means(context, fmaxf(radius * 0.42f, 0.7f));
    int offsets[8];
    for (int k = 0; k < 8; k++) {
        const float angle = 0.3926991f + 0.7853982f * (float)k;
        offsets[k] = (int)lrintf(sinf(angle) * radius) * stride + (int)lrintf(cosf(angle) * radius);
    }
    for (int y = 0; y < p->height; y++) {
        const float *red = plane_of(context, MEAN_RED, y), *green = plane_of(context, MEAN_GREEN, y), *blue = plane_of(context, MEAN_BLUE, y);
        const float *square = plane_of(context, MEAN_SQUARE, y);
        for (int x = 0; x < p->width; x += LANES) {
            vfloat r = splat(0.f), g = splat(0.f), b = splat(0.f), total = splat(0.f);
            for (int k = 0; k < 8; k++) {
                const int at = x + offsets[k];
                const vfloat mr = *(vfloat_u *)(red + at), mg = *(vfloat_u *)(green + at), mb = *(vfloat_u *)(blue + at);
                const vfloat unrest = vmax(*(vfloat_u *)(square + at) - mr * mr - mg * mg - mb * mb, splat(0.f)) + 4e-4f;
                const vfloat calm = 1.f / (unrest * unrest), weight = calm * calm;
                r += mr * weight;
                g += mg * weight;
                b += mb * weight;
                total += weight;
            }
            const vint key = *(vint_u *)(plane_of(context, KEY, y) + x);
            const vint face = ((shift_right(key, 1) & 31) == SKIN) & (key >= (2 << 12));
            const vfloat share = face ? splat(0.3f) : splat(1.f);
            const vfloat painted[3] = {r / total, g / total, b / total};
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to, painted[c], share);
            }
        }
    }
}

// The direction of strokes: along edges, by the smoothed structure tensor (Kass and Witkin 1987);
// where nothing has a direction, along slow noise, so that skies are brushed too.
static void find_flow(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        float *luma = plane_of(context, SCRATCH, y);
        for (int x = 0; x < p->width; x += LANES) {
            *(vfloat_u *)(luma + x) = 0.3f * *(vfloat_u *)(colour_row(context, 0, y) + x) + 0.59f * *(vfloat_u *)(colour_row(context, 1, y) + x) +
                                      0.11f * *(vfloat_u *)(colour_row(context, 2, y) + x);
        }
    }
    extend(context, SCRATCH);
    const int stride = stride_of(context);
    for (int y = 0; y < p->height; y++) {
        const float *luma = plane_of(context, SCRATCH, y);
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        float *along = plane_of(context, MEAN_RED, y), *across = plane_of(context, MEAN_GREEN, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat dx = *(vfloat_u *)(luma + x + 1) - *(vfloat_u *)(luma + x - 1);
            const vfloat dy = *(vfloat_u *)(luma + x + stride) - *(vfloat_u *)(luma + x - stride);
            const vfloat turn = byte_of(*(vint_u *)(paper + x), 0) * 1.6f - 0.3f;
            // The tensor as a doubled angle: dx^2 - dy^2 and 2 dx dy.
            *(vfloat_u *)(along + x) = dx * dx - dy * dy + 6e-5f * sin_turns(turn + 0.25f);
            *(vfloat_u *)(across + x) = 2.f * dx * dy + 6e-5f * sin_turns(turn);
        }
    }
    static const float TENT[] = {0.04f, 0.08f, 0.12f, 0.16f, 0.2f, 0.16f, 0.12f, 0.08f, 0.04f};
    for (int plane = MEAN_RED; plane <= MEAN_GREEN; plane++) {
        extend(context, plane);
        blur_plane(context, plane, 4, TENT);
    }
}

// Draw colour and bristles out along the flow, and light the ridges of paint from the upper left.
static void stroke(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    enum { TAPS = 9 };
    find_flow(context);
    pack_colours(context);
    for (int y = 0; y < p->height; y++) {
        const int32_t *from = (const int32_t *)plane_of(context, PACKED, y);
        const float *along = plane_of(context, MEAN_RED, y), *across = plane_of(context, MEAN_GREEN, y);
        float *ridge = plane_of(context, MEAN_BLUE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat c2 = *(vfloat_u *)(along + x), s2 = *(vfloat_u *)(across + x);
            const vfloat length = vsqrt(c2 * c2 + s2 * s2) + 1e-12f;
            // Half the doubled angle, turned by a right angle: from the gradient to the edge.
            const vfloat gx = vsqrt(vmax(0.5f + 0.5f * c2 / length, splat(0.f)));
            const vfloat gy_size = vsqrt(vmax(0.5f - 0.5f * c2 / length, splat(0.f)));
            const vfloat gy = s2 < 0.f ? -gy_size : gy_size;
            const vint key = *(vint_u *)(plane_of(context, KEY, y) + x);
            const vint face = ((shift_right(key, 1) & 31) == SKIN) & (key >= (2 << 12));
            const vfloat step = (face ? splat(0.45f) : splat(1.f)) * (finish->stroke_px * 2.f / (TAPS - 1));
            vfloat sum[4] = {splat(0.f), splat(0.f), splat(0.f), splat(0.f)};
            for (int k = 0; k < TAPS; k++) {
                const vfloat reach = step * (float)(k - TAPS / 2);
                const vint ox = to_int(vclamp(-gy * reach, 1.f - PAD, PAD - 1.f) + (PAD + 0.5f)) - PAD;
                const vint oy = to_int(vclamp(gx * reach, 1.f - PAD, PAD - 1.f) + (PAD + 0.5f)) - PAD;
                const vint texel = gather_int(from, oy * stride + ox + lane + x);
                for (int c = 0; c < 4; c++) sum[c] += byte_of(texel, 8 * c);
            }
            for (int c = 0; c < 3; c++) *(vfloat_u *)(colour_row(context, c, y) + x) = sum[c] * (1.f / TAPS);
            *(vfloat_u *)(ridge + x) = sum[3] * (1.f / TAPS);
        }
    }
    extend(context, MEAN_BLUE);
    for (int y = 0; y < p->height; y++) {
        const float *ridge = plane_of(context, MEAN_BLUE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat here = *(vfloat_u *)(ridge + x);
            const vfloat slope = *(vfloat_u *)(ridge + x - 1 - stride) - *(vfloat_u *)(ridge + x + 1 + stride);
            const vfloat light = finish->relief * (slope * -1.3f + (here - 0.5f) * 0.35f);
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat old = *to;
                *to = old + light * (0.10f + old * (1.15f - 0.75f * old));
            }
        }
    }
}

// Pigment gathers where a wash ends and in the hollows of the paper; the more of it, the darker
// (the density model of Bousseau and others 2006). The lightest tones are left to the paper.
static void wash(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    gather_means(context, fmaxf(finish->edge_px, 0.6f));
    const int reach = (int)fmaxf(finish->edge_px + 0.5f, 1.f);
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            vfloat steep = splat(0.f);
            for (int c = 0; c < 3; c++) {
                const float *mean = plane_of(context, MEAN_RED + c, y) + x;
                steep += vabs(*(vfloat_u *)(mean + reach) - *(vfloat_u *)(mean - reach)) +
                         vabs(*(vfloat_u *)(mean + reach * stride) - *(vfloat_u *)(mean - reach * stride));
            }
            const vint texel = *(vint_u *)(paper + x);
            const vfloat density = finish->edge * (vmin(steep * 1.6f, splat(1.4f)) + (byte_of(texel, 0) - 0.5f) * 0.9f + (byte_of(texel, 8) - 0.5f) * 0.35f);
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat thin = 1.f - (1.f - *to) * finish->thin, pale = saturate(thin);
                *to = saturate(pale - pale * (1.f - pale) * density);
            }
        }
    }
}

// Bring every colour towards the nearest of a palette, or towards a ramp of it by brightness.
static void choose_colours(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        for (int x = 0; x < p->width; x += LANES) {
            vfloat_u *red = (vfloat_u *)(colour_row(context, 0, y) + x), *green = (vfloat_u *)(colour_row(context, 1, y) + x),
                     *blue = (vfloat_u *)(colour_row(context, 2, y) + x);
            const vfloat r = *red, g = *green, b = *blue, grey = 0.3f * r + 0.59f * g + 0.11f * b;
            vfloat nr = splat(0.f), ng = splat(0.f), nb = splat(0.f);
            if (finish->ramp) {
                const float last = (float)(finish->colours - 1);
                for (int k = 0; k < finish->colours; k++) {
                    const vfloat share = saturate(1.f - vabs(grey * last - (float)k));
                    nr += share * finish->palette[3 * k];
                    ng += share * finish->palette[3 * k + 1];
                    nb += share * finish->palette[3 * k + 2];
                }
            } else {
                vfloat total = splat(0.f);
                for (int k = 0; k < finish->colours; k++) {
                    const float *c = finish->palette + 3 * k;
                    const float own = 0.3f * c[0] + 0.59f * c[1] + 0.11f * c[2];
                    // Brightness and hue apart: a dark blue is nearer to black than to sky blue.
                    const vfloat dy = grey - own, dr = (r - grey) - (c[0] - own), db = (b - grey) - (c[2] - own);
                    const vfloat away = dy * dy * 1.2f + dr * dr + db * db * 0.7f + 6e-4f;
                    const vfloat weight = 1.f / (away * away * away);
                    nr += weight * c[0];
                    ng += weight * c[1];
                    nb += weight * c[2];
                    total += weight;
                }
                nr /= total;
                ng /= total;
                nb /= total;
            }
            *red = mix(r, nr, splat(finish->pull));
            *green = mix(g, ng, splat(finish->pull));
            *blue = mix(b, nb, splat(finish->pull));
        }
    }
}

// A printer of woodblocks wipes ink off the block by hand: the sky is dark at the top and runs out
// towards the horizon.
static void wipe_sky(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const float down = (float)y / ((float)p->height * 0.42f);
        if (down >= 1.f) return;
        const float ink = finish->bokashi * (1.f - down) * (1.f - down);
        const float *depth = plane_of(context, DEPTH, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vint sky = *(vfloat_u *)(depth + x) < 1e-6f;
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to, splat(finish->bokashi_colour[c]), sky ? splat(ink) : splat(0.f));
            }
        }
    }
}

// Where a line belongs: between two pieces, and where a surface turns sharply. On a plane 1/w is
// linear over the picture, so its second difference is exactly what bends.
static void find_lines(const Context *context, const Frame *frame, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context), reach = (int)fmaxf(finish->ink_px * 0.5f + 0.5f, 1.f);
    const float pixel = 2.f * frame->tan_y / (float)p->height * (float)reach;
    const int around[4] = {-reach, reach, -reach * stride, reach * stride};
    for (int y = 0; y < p->height; y++) {
        const float *depth = plane_of(context, DEPTH, y);
        const int32_t *key = (const int32_t *)plane_of(context, KEY, y);
        float *to = plane_of(context, MEAN_RED, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat here = *(vfloat_u *)(depth + x);
            const vint own = *(vint_u *)(key + x);
            vfloat near[4];
            vint differs = splat_int(0), apart = splat_int(0);
            vfloat nearest = here;
            for (int k = 0; k < 4; k++) {
                near[k] = *(vfloat_u *)(depth + x + around[k]);
                const vint other = *(vint_u *)(key + x + around[k]);
                differs |= other != own;
                apart |= shift_right(other ^ own, 12) != 0;
                nearest = vmax(nearest, near[k]);
            }
            const vfloat bend = vmax(vabs(near[0] + near[1] - 2.f * here), vabs(near[2] + near[3] - 2.f * here)) / (vmax(here, splat(1e-5f)) * pixel);
            const vint soft = (own & 1) != 0;
            const vfloat limit = soft ? splat(finish->crease * 14.f) : splat(finish->crease);
            const vfloat crease = saturate(bend / limit - 1.f) * 0.75f;
            // Far lines are thin and pale, or a skyline would be a scribble.
            const vfloat fade = 1.f / (1.f + 1.f / (vmax(nearest, splat(1e-4f)) * finish->ink_far_m));
            vfloat line = vmax(differs ? splat(1.f) : splat(0.f), crease) * fade;
            line = (soft & ~apart) ? line * 0.55f : line;
            *(vfloat_u *)(to + x) = nearest > 0.f ? line : splat(0.f);
        }
    }
    static const float TENT[] = {0.25f, 0.5f, 0.25f};
    extend(context, MEAN_RED);
    blur_plane(context, MEAN_RED, 1, TENT);
}

// Lay the lines over the picture with a hand that trembles and a nib that skips.
static void draw_lines(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const float *lines = plane_of(context, MEAN_RED, 0);
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            vfloat line;
            const vint texel = *(vint_u *)(paper + x);
            if (finish->wobble_px > 0.f) {
                const vfloat dx = (byte_of(texel, 0) - 0.5f) * 3.f * finish->wobble_px, dy = (byte_of(*(vint_u *)(paper + x - 29), 0) - 0.5f) * 3.f * finish->wobble_px;
                const vint at = (to_int(vclamp(dy, 1.f - PAD, PAD - 1.f) + ((float)y + PAD + 0.5f)) - PAD) * stride +
                                to_int(vclamp(dx, 1.f - PAD, PAD - 1.f) + (PAD + 0.5f)) - PAD + lane + x;
                line = gather_float(lines, at);
            } else {
                line = *(vfloat_u *)(lines + (size_t)y * stride + x);
            }
            line = saturate(line * 1.5f) * finish->ink * (1.f - finish->skip * saturate(byte_of(texel, 8) * 2.4f - 0.9f));
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to, splat(finish->ink_colour[c]), line);
            }
        }
    }
}

// A drawing board's grid, fine and heavy, and a frame around it.
static vfloat grid_at(const Finish *finish, const Picture *p, int x, int y) {
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const vfloat u = (lane + ((float)x + 0.5f)) / finish->grid_px;
    const float v = ((float)y + 0.5f) / finish->grid_px, thin = 0.5f / finish->grid_px;
    const vfloat heavy_u = vabs(fract(u * 0.2f + 0.5f) - 0.5f) * 5.f, fine_u = vabs(fract(u + 0.5f) - 0.5f);
    const float heavy_v = fabsf(v * 0.2f - floorf(v * 0.2f + 0.5f)) * 5.f, fine_v = fabsf(v - floorf(v + 0.5f));
    vfloat line = (fine_u < thin) | splat_int(fine_v < thin ? -1 : 0) ? splat(0.10f) : splat(0.f);
    line = (heavy_u < thin * 1.4f) | splat_int(heavy_v < thin * 1.4f ? -1 : 0) ? splat(0.24f) : line;
    const float inset = finish->grid_px * 0.8f, wide = fmaxf(finish->grid_px * 0.06f, 1.f);
    const vfloat from_side = vmin(lane + (float)x, (float)(p->width - 1 - x) - lane);
    const float from_top = fminf((float)y, (float)(p->height - 1 - y));
    const vfloat frame = vabs(vmin(from_side, splat(from_top)) - inset);
    return vmin(from_side, splat(from_top)) < inset - wide ? splat(0.f) : (frame < wide ? splat(0.85f) : line);
}

// The sheet itself: its colour through thin tones, its grain, its fibres, and its margins.
static void lay_on_paper(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        const float from_top = fminf((float)y, (float)(p->height - 1 - y));
        for (int x = 0; x < p->width; x += LANES) {
            const vint texel = *(vint_u *)(paper + x);
            const vfloat bump = byte_of(*(vint_u *)(paper + x - 1 - stride), 16) - byte_of(texel, 16);
            const vfloat fibre = byte_of(texel, 24) - 0.5f;
            const vfloat grain = 1.f + finish->paper * (bump * 0.30f + fibre * finish->fibres * 0.30f + (byte_of(texel, 8) - 0.5f) * 0.10f);
            vfloat painted = splat(1.f);
            if (finish->border_px > 0.f) {
                const vfloat from_side = vmin(lane + (float)x, (float)(p->width - 1 - x) - lane);
                const vfloat inside = vmin(from_side, splat(from_top)) - finish->border_px * (0.45f + 1.1f * byte_of(texel, 0) + 0.5f * byte_of(texel, 8));
                painted = saturate(inside * 0.5f + 0.5f);
            }
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat tone = mix(splat(1.f), *to, painted);
                *to = tone * mix(splat(1.f), splat(finish->paper_colour[c]), splat(finish->paper > 0.f ? 1.f : 0.f)) * grain;
            }
            if (finish->grid_px > 0.f) {
                const vfloat line = grid_at(finish, p, x, y);
                for (int c = 0; c < 3; c++) {
                    vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                    *to = mix(*to, splat(finish->ink_colour[c]), line);
                }
            }
        }
    }
}

void apply_finish(Context *context, const Frame *frame) {
    const Finish *finish = frame->finish;
    if (!finish->draws) return;
    make_planes(context, finish);
    to_colour(context);
    if (finish->ink > 0.f || finish->shadow > 0.f || finish->bokashi > 0.f || finish->brush_px > 0.f) lay_out_pieces(context);
    if (finish->bleed_px > 0.f) run_colours(context, finish->bleed_px);
    if (finish->brush_px > 0.f) dab(context, finish);
    if (finish->stroke_px > 0.f && finish->brush_px > 0.f) stroke(context, finish);
    if (finish->edge > 0.f) wash(context, finish);
    if (finish->colours && finish->pull > 0.f) choose_colours(context, finish);
    if (finish->bokashi > 0.f) wipe_sky(context, finish);
    if (finish->shadow > 0.f) drop_shadows(context, finish);
    if (finish->ink > 0.f) {
        find_lines(context, frame, finish);
        draw_lines(context, finish);
    }
    if (finish->paper > 0.f || finish->grid_px > 0.f) lay_on_paper(context, finish);
    from_colour(context);
}

// Large pixels of few colours: each cell takes the palette's nearest colour after an ordered dither
// (Bayer 1973), so that nothing crawls while nothing moves.
static void lay_cells(const Finish *finish, uint8_t *out, int width, int height) {
    static const float BAYER[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    uint8_t *blue_plane = out + (size_t)width * height, *red_plane = blue_plane + (size_t)width * height / 4;
    const int cell = finish->cell_px, half = cell / 2;
    // The palette in the film's own terms, sixteen colours a vector.
    enum { VECTORS = (PALETTE_MAX + LANES - 1) / LANES };
    vfloat lumas[VECTORS], blues[VECTORS], reds[VECTORS];
    for (int k = 0; k < VECTORS * LANES; k++) {
        const float *c = finish->palette + 3 * (k < finish->colours ? k : 0);
        const float y = 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2];
        lumas[k / LANES][k % LANES] = 16.f + 219.f * y;
        blues[k / LANES][k % LANES] = 128.f + (c[2] - y) * (224.f / 1.8556f);
        reds[k / LANES][k % LANES] = 128.f + (c[0] - y) * (224.f / 1.5748f);
    }
    for (int top = 0; top < height; top += cell) {
        const int rows = top + cell <= height ? cell : height - top;
        for (int left = 0; left < width; left += cell) {
            const int columns = left + cell <= width ? cell : width - left;
            int luma = 0, blue = 0, red = 0, chroma_count = 0;
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++) luma += out[(size_t)(top + y) * width + left + x];
            for (int y = 0; y < half && top / 2 + y < height / 2; y++)
                for (int x = 0; x < half && left / 2 + x < width / 2; x++, chroma_count++) {
                    const size_t at = (size_t)(top / 2 + y) * (width / 2) + left / 2 + x;
                    blue += blue_plane[at];
                    red += red_plane[at];
                }
            const float dither = (BAYER[top / cell % 4 * 4 + left / cell % 4] + 0.5f) / 16.f - 0.5f;
            const float count = (float)(rows * columns), chroma = (float)(chroma_count ? chroma_count : 1);
            const float own_y = (float)luma / count + dither * finish->dither * 219.f;
            const float own_b = (float)blue / chroma, own_r = (float)red / chroma;
            vfloat away[VECTORS], least = splat(1e9f);
            for (int k = 0; k < VECTORS; k++) {
                const vfloat dy = lumas[k] - own_y, db = blues[k] - own_b, dr = reds[k] - own_r;
                away[k] = dy * dy + 2.2f * (db * db + 1.3f * dr * dr);
                least = vmin(least, away[k]);
            }
            const float nearest = __builtin_reduce_min(least);
            int best = 0;
            for (int k = VECTORS - 1; k >= 0; k--) {
                const uint32_t hits = mask_bits(away[k] <= splat(nearest));
                if (hits) best = k * LANES + __builtin_ctz(hits);
            }
            const int best_y = (int)(lumas[best / LANES][best % LANES] + 0.5f), best_b = (int)(blues[best / LANES][best % LANES] + 0.5f),
                      best_r = (int)(reds[best / LANES][best % LANES] + 0.5f);
            for (int y = 0; y < rows; y++) memset(out + (size_t)(top + y) * width + left, best_y, (size_t)columns);
            for (int y = 0; y < half && top / 2 + y < height / 2; y++)
                for (int x = 0; x < half && left / 2 + x < width / 2; x++) {
                    const size_t at = (size_t)(top / 2 + y) * (width / 2) + left / 2 + x;
                    blue_plane[at] = (uint8_t)best_b;
                    red_plane[at] = (uint8_t)best_r;
                }
        }
    }
}

// The grain of fast film: clumps of two pixels and more, strongest in the middle tones.
static void lay_grain(const Finish *finish, uint8_t *out, int width, int height) {
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const int shift = finish->grain_px > 1.6f ? 1 : 0;
    for (int y = 0; y < height; y++) {
        uint8_t *row = out + (size_t)y * width;
        for (int x = 0; x < width; x += LANES) {
            const int salt = (int)(finish->seed * 2654435761u);
            const vint fine = hash_lanes(lane + x + salt, splat_int(y) + salt);
            const vint clump = hash_lanes(((lane + x + (y & 1)) >> shift) + salt, (splat_int(y) >> shift) - salt);
            const vfloat noise = to_float((fine & 0xffff) + (clump & 0xffff) * 2) * (1.f / 65535.f) - 1.5f;
            bytes16 old;
            const int left = width - x;
            if (left >= LANES) old = *(const bytes16 *)(row + x);
            else for (int k = 0; k < LANES; k++) old[k] = k < left ? row[x + k] : 16;
            const vfloat luma = __builtin_convertvector(old, vfloat), tone = (luma - 16.f) * (1.f / 219.f);
            const vfloat strength = finish->grain * (0.30f + 2.8f * tone * (1.f - tone)) * 219.f;
            const bytes16 grained = __builtin_convertvector(to_int(vclamp(luma + noise * strength + 0.5f, 16.f, 235.f)), bytes16);
            if (left >= LANES) *(bytes16 *)(row + x) = grained;
            else for (int k = 0; k < left; k++) row[x + k] = grained[k];
        }
    }
}

// What is done to the finished frame: coarse pixels, coarse grain.
void finish_planes(const Context *context, const Finish *finish, uint8_t *out) {
    const Picture *p = &context->main;
    if (finish->cell_px > 1) lay_cells(finish, out, p->width, p->height);
    if (finish->grain > 0.f) lay_grain(finish, out, p->width, p->height);
}
