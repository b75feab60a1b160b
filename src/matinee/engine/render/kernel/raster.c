// Which triangle does each pixel see? Depth is 1/w, larger is nearer.
#include "kernel.h"

#define FETCH_AHEAD 6

static void rasterise_triangle(const RasterTriangle *t, uint32_t number, int tile_x, int tile_y, float *depth,
                               uint32_t *triangle) {
    const vfloat lane_x = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
    const vfloat lane_y = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
    const float corner_x = (float)tile_x + 0.5f, corner_y = (float)tile_y + 0.5f;
    // Few small triangles reach a tile by their box and miss it by their edges.
    const int large = t->x1 - t->x0 > TILE_WIDTH / 2 || t->y1 - t->y0 > TILE_HEIGHT / 2;
    vfloat lane_edge[3];
    float edge[3];
    for (int k = 0; k < 3; k++) {
        edge[k] = t->a[k] * (corner_x - t->origin_x[k]) + t->b[k] * (corner_y - t->origin_y[k]);
        if (large) {
            const float reach = fmaxf(t->a[k] * (TILE_WIDTH - 1), 0.f) + fmaxf(t->b[k] * (TILE_HEIGHT - 1), 0.f);
            // The margin covers the rounding of sums that are added in another order below.
            if (edge[k] + reach < -1e-3f * (fabsf(edge[k]) + 1.f)) return;
        }
        lane_edge[k] = t->a[k] * lane_x + t->b[k] * lane_y;
    }
    const float near = t->depth + t->depth_x * (corner_x - t->ref_x) + t->depth_y * (corner_y - t->ref_y);
    const vfloat lane_depth = t->depth_x * lane_x + t->depth_y * lane_y;
    const int first_x = t->x0 > tile_x ? (t->x0 - tile_x) / 4 : 0, first_y = t->y0 > tile_y ? (t->y0 - tile_y) / 4 : 0;
    const int last_x = t->x1 < tile_x + TILE_WIDTH ? (t->x1 - tile_x) / 4 : TILE_BLOCKS_X - 1;
    const int last_y = t->y1 < tile_y + TILE_HEIGHT ? (t->y1 - tile_y) / 4 : TILE_HEIGHT / 4 - 1;
    for (int by = first_y; by <= last_y; by++) {
        for (int bx = first_x; bx <= last_x; bx++) {
            const float x = (float)(bx * 4), y = (float)(by * 4);
            const vfloat e0 = (edge[0] + t->a[0] * x + t->b[0] * y) + lane_edge[0];
            const vfloat e1 = (edge[1] + t->a[1] * x + t->b[1] * y) + lane_edge[1];
            const vfloat e2 = (edge[2] + t->a[2] * x + t->b[2] * y) + lane_edge[2];
            const vfloat q = (near + t->depth_x * x + t->depth_y * y) + lane_depth;
            vfloat *block_depth = (vfloat *)(depth + (by * TILE_BLOCKS_X + bx) * LANES);
            vint *block_triangle = (vint *)(triangle + (by * TILE_BLOCKS_X + bx) * LANES);
            // Outside the triangle the depth becomes 0, which is behind everything.
            const vint outside = negative(vmin(e0, vmin(e1, e2)));
            const vfloat old = *block_depth, nearest = vmax(old, as_float(as_int(q) & ~outside));
            const vint gained = negative(old - nearest);
            *block_triangle = (*block_triangle & ~gained) | (splat_int((int)number) & gained);
            *block_depth = nearest;
        }
    }
}

// Over nothing, or over the layer of what stands still.
void rasterise(Picture *picture, Still *still) {
    for (int tile = 0; tile < picture->tiles_x * picture->tiles_y; tile++) {
        if (!is_wanted(picture, tile)) continue;
        const size_t at = (size_t)tile * TILE_PIXELS;
        float *depth = picture->depth + at;
        uint32_t *triangle = picture->triangle + at;
        const int first = picture->tile_start[tile], end = picture->tile_start[tile + 1];
        if (!still) {
            memset(depth, 0, TILE_PIXELS * 4);
            memset(triangle, 255, TILE_PIXELS * 4);
        } else {
            if (still->touched[tile]) {
                memcpy(depth, still->depth + at, TILE_PIXELS * 4);
                memcpy(triangle, still->triangle + at, TILE_PIXELS * 4);
            }
            still->touched[tile] = first < end;
        }
        const int tile_x = tile % picture->tiles_x * TILE_WIDTH, tile_y = tile / picture->tiles_x * TILE_HEIGHT;
        for (int e = first; e < end; e++) {
            const uint32_t number = (uint32_t)picture->tile_entries[e];
            // The list is padded, so that looking ahead stays inside it.
            const char *ahead = (const char *)&picture->raster[picture->tile_entries[e + FETCH_AHEAD]];
            __builtin_prefetch(ahead);
            __builtin_prefetch(ahead + sizeof(RasterTriangle) - 1);
            rasterise_triangle(&picture->raster[number], number, tile_x, tile_y, depth, triangle);
        }
    }
}
