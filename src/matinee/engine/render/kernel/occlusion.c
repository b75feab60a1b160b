// Ambient occlusion from the depth of the picture, at half size.
//
// Pairs of opposite neighbours are compared with the pixel between them: where both stand nearer to
// the camera than a flat surface would, light is kept out. The pairs cancel the slope, so no normals
// are needed, and all pixels look the same way, so a row is read without gathers. After the line
// sampling of Loos and Sloan, "Volumetric Obscurance" (2010).
#include <stdlib.h>
#include "kernel.h"

#define PAIRS 12
#define REACH 20
#define WIDEST_M 0.7272727f

// Half-size offsets in three rings, each turned against the last.
static const int OFFSETS[PAIRS][2] = {{2, 0}, {0, 2}, {2, 2}, {2, -2}, {6, 2},  {-2, 6},
                                      {5, -5}, {5, 6}, {14, 4}, {-4, 14}, {12, -11}, {10, 12}};

// The nearest of each four pixels, as view depth in metres; the sky lies at 1e6.
static void shrink_depth(Context *context) {
    const Picture *p = &context->main;
    for (int tile = 0; tile < p->tiles_x * p->tiles_y; tile++) {
        const int tile_x = tile % p->tiles_x * TILE_WIDTH, tile_y = tile / p->tiles_x * TILE_HEIGHT;
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const vfloat q = *(const vfloat *)(p->depth + (size_t)tile * TILE_PIXELS + block * LANES);
            const vfloat across = vmax(q, __builtin_shufflevector(q, q, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
            const vfloat down = vmax(across, __builtin_shufflevector(across, across, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
            const vfloat metres = 1.f / vmax(down, splat(1e-6f));
            float *to = context->half_depth + (size_t)(tile_y / 2 + block / TILE_BLOCKS_X * 2) * context->half_stride +
                        tile_x / 2 + block % TILE_BLOCKS_X * 2;
            to[0] = metres[0];
            to[1] = metres[2];
            to[context->half_stride] = metres[8];
            to[context->half_stride + 1] = metres[10];
        }
    }
}

// Continue the picture past its sides as the plane through its edge (1/depth is linear on the screen),
// so that slopes cancel there as well.
static void extend_sides(Context *context) {
    for (int y = 0; y < context->half_height; y++) {
        float *row = context->half_depth + (size_t)y * context->half_stride;
        const int last = context->half_width - 1;
        for (int k = 1; k <= REACH; k++) {
            const int inner = k < last ? k : last;
            row[-k] = 1.f / fmaxf(2.f / row[0] - 1.f / row[inner], 1e-6f);
            row[last + k] = 1.f / fmaxf(2.f / row[last] - 1.f / row[last - inner], 1e-6f);
        }
    }
}

void measure_openness(Context *context, const View *view) {
    shrink_depth(context);
    extend_sides(context);
    const int width = context->half_width, height = context->half_height, stride = context->half_stride;
    float lengths[PAIRS];  // metres, one metre away
    for (int k = 0; k < PAIRS; k++) lengths[k] = sqrtf((float)(OFFSETS[k][0] * OFFSETS[k][0] + OFFSETS[k][1] * OFFSETS[k][1])) * 2.f * view->pixel_angle;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x += LANES) {
            const float *centre = context->half_depth + (size_t)y * stride + x;
            const vfloat depth = *(const vfloat_u *)centre;
            vfloat shut = splat(0.f), total = splat(0.f);
            const float nearest = __builtin_reduce_min(depth);
            for (int k = 0; k < PAIRS; k++) {
                int dx = OFFSETS[k][0], dy = OFFSETS[k][1];
                if (y - abs(dy) < 0 || y + abs(dy) >= height) continue;
                // Too wide to count, as everywhere in the sky.
                if (nearest * lengths[k] > WIDEST_M) continue;
                const vfloat a = *(const vfloat_u *)(centre + dy * stride + dx);
                const vfloat b = *(const vfloat_u *)(centre - dy * stride - dx);
                const vfloat away = depth * lengths[k];
                // Hollows of a few centimetres to half a metre count; wider ones are baked or lit.
                const vfloat weight = vmin(away * 30.f, splat(1.f)) * vclamp((WIDEST_M - away) * 2.2f, 0.f, 1.f);
                const vfloat near_a = (depth - a) / away, near_b = (depth - b) / away;
                const vfloat hollow = near_a + near_b - 0.06f;
                // Something far in front is another thing, not a wall of this hollow.
                const vfloat apart = saturate(2.2f - vmax(near_a, near_b) * 0.45f);
                shut += weight * apart * saturate(hollow * 0.6f);
                total += weight;
            }
            const vfloat share = shut / (total + 0.35f);
            *(vfloat_u *)(context->half_scratch + (size_t)y * stride + x) = 1.f - vmin(share * 1.5f, splat(0.85f));
        }
        float *row = context->half_scratch + (size_t)y * stride;
        for (int k = 1; k <= 4; k++) {
            row[-k] = row[0];
            row[width - 1 + k] = row[width - 1];
        }
    }
    for (int y = 0; y < height; y++) {
        const int up = y > 1 ? -2 * stride : 0, down = y + 2 < height ? 2 * stride : 0;
        for (int x = 0; x < width; x += LANES) {
            const size_t at = (size_t)y * stride + x;
            const vfloat depth = *(const vfloat_u *)(context->half_depth + at);
            vfloat sum = *(const vfloat_u *)(context->half_scratch + at), total = splat(1.f);
            const int neighbours[8] = {-2, 2, up, down, up - 1, down + 1, -1 + (down / 2), 1 + (up / 2)};
            for (int k = 0; k < 8; k++) {
                const vfloat other = *(const vfloat_u *)(context->half_depth + at + neighbours[k]);
                const vfloat weight = vabs(other - depth) < depth * 0.03f ? splat(1.f) : splat(0.f);
                sum += weight * *(const vfloat_u *)(context->half_scratch + at + neighbours[k]);
                total += weight;
            }
            *(vfloat_u *)(context->half_open + at) = sum / total;
        }
    }
}
