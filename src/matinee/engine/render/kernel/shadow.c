// Depth maps seen from the sun: one of what stands still, drawn once, and two of what moves.
//
// Each map also keeps a plane and the distances from it for every cell of 8 by 8 texels, so that the
// shader filters only where a shadow's edge can be.
#include <stdlib.h>
#include "kernel.h"

#define FAR_DEPTH 1e9f

static void light_axes(const float *direction, float *right, float *up) {
    const int steep = fabsf(direction[1]) > 0.9f;
    const float ref[3] = {0.f, steep ? 0.f : 1.f, steep ? 1.f : 0.f};
    right[0] = ref[1] * direction[2] - ref[2] * direction[1];
    right[1] = ref[2] * direction[0] - ref[0] * direction[2];
    right[2] = ref[0] * direction[1] - ref[1] * direction[0];
    const float scale = 1.f / sqrtf(right[0] * right[0] + right[1] * right[1] + right[2] * right[2]);
    for (int k = 0; k < 3; k++) right[k] *= scale;
    up[0] = direction[1] * right[2] - direction[2] * right[1];
    up[1] = direction[2] * right[0] - direction[0] * right[2];
    up[2] = direction[0] * right[1] - direction[1] * right[0];
}

// Point a map along the light so that texel (0, 0) starts at (low_x, low_y) of the light's plane.
static void aim(ShadowMap *map, const float *direction, float low_x, float low_y, float texel_m) {
    float right[3], up[3];
    light_axes(direction, right, up);
    for (int k = 0; k < 3; k++) {
        map->to_x[k] = right[k] / texel_m;
        map->to_y[k] = up[k] / texel_m;
        map->to_depth[k] = -direction[k];
    }
    map->to_x[3] = -low_x / texel_m;
    map->to_y[3] = -low_y / texel_m;
    map->to_depth[3] = 0.f;
    map->texel_m = texel_m;
}

static inline float apply(const float *row, float x, float y, float z) {
    return row[0] * x + row[1] * y + row[2] * z + row[3];
}

// Two barycentric coordinates and the depth of a triangle as planes through its first corner.
typedef struct {
    float x, y, depth, s_x, s_y, t_x, t_y, z_x, z_y;
} Slope;

static inline void fill_narrow(const ShadowMap *map, const Slope *t, int x, int y0, int y1) {
    const vfloat8 dx = (vfloat8){0, 1, 2, 3, 4, 5, 6, 7} + ((float)x + 0.5f - t->x);
    const vfloat8 row_s = t->s_x * dx, row_t = t->t_x * dx, row_z = t->z_x * dx + t->depth;
    float *row = map->depth + (size_t)y0 * map->size + x;
    for (int y = y0; y <= y1; y++, row += map->size) {
        const float dy = (float)y + 0.5f - t->y;
        const vfloat8 s = row_s + t->s_y * dy, u = row_t + t->t_y * dy, z = row_z + t->z_y * dy;
        const vint8 outside = (vint8)__builtin_elementwise_min(__builtin_elementwise_min(s, u), 1.f - s - u) >> 31;
        const vint8 depth = ((vint8)z & ~outside) | ((vint8)(vfloat8)(FAR_DEPTH) & outside);
        *(vfloat8_u *)row = __builtin_elementwise_min(*(vfloat8_u *)row, (vfloat8)depth);
    }
}

static void fill_wide(const ShadowMap *map, const Slope *t, int x0, int x1, int y0, int y1) {
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const vfloat lane_s = t->s_x * lane, lane_t = t->t_x * lane, lane_z = t->z_x * lane;
    for (int y = y0; y <= y1; y++) {
        const float dy = (float)y + 0.5f - t->y;
        float *row = map->depth + (size_t)y * map->size;
        for (int x = x0; x <= x1; x += LANES) {
            const float dx = (float)x + 0.5f - t->x;
            const vfloat s = (t->s_x * dx + t->s_y * dy) + lane_s, u = (t->t_x * dx + t->t_y * dy) + lane_t;
            const vfloat z = (t->depth + t->z_x * dx + t->z_y * dy) + lane_z;
            const vfloat old = *(vfloat_u *)(row + x);
            // The third barycentric coordinate joins the other two.
            const vint outside = negative(vmin(vmin(s, u), 1.f - s - u));
            const vint depth = (as_int(z) & ~outside) | (as_int(splat(FAR_DEPTH)) & outside);
            *(vfloat_u *)(row + x) = vmin(old, as_float(depth));
        }
    }
}

static void draw_triangle(const ShadowMap *map, const float (*p)[3]) {
    const float low_x = fminf(p[0][0], fminf(p[1][0], p[2][0])), high_x = fmaxf(p[0][0], fmaxf(p[1][0], p[2][0]));
    const float low_y = fminf(p[0][1], fminf(p[1][1], p[2][1])), high_y = fmaxf(p[0][1], fmaxf(p[1][1], p[2][1]));
    const float size = (float)map->size;
    if (!(high_x > 0.f && low_x < size && high_y > 0.f && low_y < size)) return;
    const int x0 = (int)ceilf(fmaxf(low_x, 0.f) - 0.5f), x1 = (int)floorf(fminf(high_x, size) - 0.5f);
    const int y0 = (int)ceilf(fmaxf(low_y, 0.f) - 0.5f), y1 = (int)floorf(fminf(high_y, size) - 0.5f);
    if (x0 > x1 || y0 > y1) return;
    const float ux = p[1][0] - p[0][0], uy = p[1][1] - p[0][1], vx = p[2][0] - p[0][0], vy = p[2][1] - p[0][1];
    const float area = ux * vy - vx * uy;
    if (fabsf(area) < 1e-9f) return;
    const float inverse = 1.f / area, s_x = vy * inverse, s_y = -vx * inverse, t_x = -uy * inverse, t_y = ux * inverse;
    const float d1 = p[1][2] - p[0][2], d2 = p[2][2] - p[0][2];
    const float z_x = s_x * d1 + t_x * d2, z_y = s_y * d1 + t_y * d2;
    const Slope slope = {p[0][0], p[0][1], p[0][2], s_x, s_y, t_x, t_y, z_x, z_y};
    // Most triangles are a few texels wide: half a vector serves them at half the price.
    if (x1 - x0 < 8) fill_narrow(map, &slope, x0, y0, y1);
    else fill_wide(map, &slope, x0, x1, y0, y1);
}

// Vertices as the map sees them; the buffers hold as many as the largest cluster has.
typedef struct {
    float *x, *y, *depth;
} Projected;

static void project(const ShadowMap *map, const Cluster *cluster, const float *restrict x, const float *restrict y,
                    const float *restrict z, const Projected *to) {
    const float *tx = map->to_x, *ty = map->to_y, *td = map->to_depth;
    float *restrict px = to->x, *restrict py = to->y, *restrict pd = to->depth;
    HOT_LOOP
    for (int i = 0; i < cluster->vertex_count; i++) {
        px[i] = tx[0] * x[i] + tx[1] * y[i] + tx[2] * z[i] + tx[3];
        py[i] = ty[0] * x[i] + ty[1] * y[i] + ty[2] * z[i] + ty[3];
        pd[i] = td[0] * x[i] + td[1] * y[i] + td[2] * z[i];
    }
}

// The texels that anything may have been drawn to.
typedef struct {
    float low[2], high[2];
} Drawn;

static void draw_clusters(const ShadowMap *map, const Cluster *clusters, int count, const uint32_t *triangle_vertices,
                          const float *x, const float *y, const float *z, const Projected *scratch, Drawn *drawn) {
    for (int c = 0; c < count; c++) {
        const Cluster *cluster = &clusters[c];
        float low[2] = {1e30f, 1e30f}, high[2] = {-1e30f, -1e30f};
        for (int corner = 0; corner < 8; corner++) {
            const float px = corner & 1 ? cluster->high[0] : cluster->low[0];
            const float py = corner & 2 ? cluster->high[1] : cluster->low[1];
            const float pz = corner & 4 ? cluster->high[2] : cluster->low[2];
            const float at[2] = {apply(map->to_x, px, py, pz), apply(map->to_y, px, py, pz)};
            for (int k = 0; k < 2; k++) {
                low[k] = fminf(low[k], at[k]);
                high[k] = fmaxf(high[k], at[k]);
            }
        }
        if (high[0] < 0.f || high[1] < 0.f || low[0] > (float)map->size || low[1] > (float)map->size) continue;
        for (int k = 0; k < 2; k++) {
            drawn->low[k] = fminf(drawn->low[k], low[k]);
            drawn->high[k] = fmaxf(drawn->high[k], high[k]);
        }
        const int first = cluster->first_vertex;
        project(map, cluster, x + first, y + first, z + first, scratch);
        for (int t = 0; t < cluster->triangle_count; t++) {
            const uint32_t *v = triangle_vertices + (size_t)(cluster->first_triangle + t) * 3;
            float p[3][3];
            for (int k = 0; k < 3; k++) {
                const uint32_t i = v[k] - (uint32_t)first;
                p[k][0] = scratch->x[i];
                p[k][1] = scratch->y[i];
                p[k][2] = scratch->depth[i];
            }
            draw_triangle(map, p);
        }
    }
}

static void clear_map(const ShadowMap *map) {
    const size_t count = (size_t)map->size * map->size;
    for (size_t i = 0; i < count; i += LANES) *(vfloat *)(map->depth + i) = splat(FAR_DEPTH);
}

static inline void empty_cell(float *cell) {
    cell[0] = cell[1] = cell[2] = 0.f;
    cell[3] = cell[4] = cell[CELL_NEAREST] = FAR_DEPTH;
}

// Clear the cells that were drawn to before: first and last column and row.
static void clear_cells(const ShadowMap *map, const int *drawn) {
    const int cells = map->size / SHADOW_CELL, floats = (drawn[2] - drawn[0] + 1) * SHADOW_CELL;
    for (int cy = drawn[1]; cy <= drawn[3]; cy++) {
        for (int row = 0; row < SHADOW_CELL; row++) {
            float *line = map->depth + ((size_t)cy * SHADOW_CELL + row) * map->size + drawn[0] * SHADOW_CELL;
            for (int k = 0; k < floats; k += 8) *(vfloat8_u *)(line + k) = (vfloat8)(FAR_DEPTH);
        }
        for (int cx = drawn[0]; cx <= drawn[2]; cx++) empty_cell(map->cells + ((size_t)cy * cells + cx) * CELL_FLOATS);
    }
}

// Lay a plane through the depths of a cell and find how far all depths that a filter of 8 by 8 can
// meet from inside the cell lie above and below it. Most cells show one flat thing, so most pixels
// are known to be lit or dark without filtering.
static void measure_cell(const ShadowMap *map, int cx, int cy, float *cell) {
    const int last = map->size - 16;
    const float *own = map->depth + (size_t)cy * SHADOW_CELL * map->size + cx * SHADOW_CELL;
    vfloat8 low = *(const vfloat8 *)own, high = low, sum = low, upper = low, lower = low;
    for (int row = 1; row < SHADOW_CELL; row++) {
        lower = *(const vfloat8 *)(own + (size_t)row * map->size);
        low = __builtin_elementwise_min(low, lower);
        high = __builtin_elementwise_max(high, lower);
        sum += lower;
    }
    const vfloat8 fall = lower - upper;
    const vfloat8 tilt = {-7.f, -5.f, -3.f, -1.f, 1.f, 3.f, 5.f, 7.f};
    const vfloat8 across = sum * tilt;
    float total = 0.f, slope_x = 0.f, slope_y = 0.f;
    for (int k = 0; k < 8; k++) {
        total += sum[k];
        slope_x += across[k];
        slope_y += fall[k];
    }
    // Least squares across; first against last row downwards.
    slope_x *= 1.f / (8.f * 84.f);
    slope_y *= 1.f / (8.f * 7.f);
    float mean = total * (1.f / 64.f);
    const float top = __builtin_reduce_max(high);
    if (top > 0.5f * FAR_DEPTH) {
        slope_x = slope_y = 0.f;
        mean = 0.f;
    }
    int x0 = cx * SHADOW_CELL - 4, y0 = cy * SHADOW_CELL - 4;
    x0 = x0 < 0 ? 0 : (x0 > last ? last : x0);
    y0 = y0 < 0 ? 0 : (y0 > last ? last : y0);
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const float middle_x = (float)(cx * SHADOW_CELL) + 4.f, middle_y = (float)(cy * SHADOW_CELL) + 4.f;
    const vfloat plane = mean + slope_x * (lane + ((float)x0 + 0.5f - middle_x));
    vfloat below = splat(FAR_DEPTH), above = splat(-FAR_DEPTH), nearest = splat(FAR_DEPTH);
    for (int row = 0; row < 16; row++) {
        const vfloat depth = *(const vfloat_u *)(map->depth + (size_t)(y0 + row) * map->size + x0);
        const vfloat rest = depth - (plane + slope_y * ((float)(y0 + row) + 0.5f - middle_y));
        below = vmin(below, rest);
        above = vmax(above, rest);
        nearest = vmin(nearest, depth);
    }
    cell[0] = mean;
    cell[1] = slope_x;
    cell[2] = slope_y;
    cell[3] = __builtin_reduce_min(below);
    cell[4] = __builtin_reduce_max(above);
    cell[CELL_NEAREST] = __builtin_reduce_min(nearest);
}

static void measure_own_nearest(const ShadowMap *map, int cx, int cy) {
    const float *own = map->depth + (size_t)cy * SHADOW_CELL * map->size + cx * SHADOW_CELL;
    vfloat8 low = *(const vfloat8 *)own;
    for (int row = 1; row < SHADOW_CELL; row++) low = __builtin_elementwise_min(low, *(const vfloat8 *)(own + (size_t)row * map->size));
    map->cells[((size_t)cy * (map->size / SHADOW_CELL) + cx) * CELL_FLOATS + CELL_OWN_NEAREST] = __builtin_reduce_min(low);
}

// Was nothing drawn to a cell or next to it? `bounds` holds all cells that anything was drawn to.
static int is_lonely(const ShadowMap *map, int cx, int cy, const int *bounds) {
    const int cells = map->size / SHADOW_CELL;
    for (int y = cy > bounds[1] ? cy - 1 : cy; y <= cy + 1 && y <= bounds[3]; y++) {
        for (int x = cx > bounds[0] ? cx - 1 : cx; x <= cx + 1 && x <= bounds[2]; x++) {
            if (map->cells[((size_t)y * cells + x) * CELL_FLOATS + CELL_OWN_NEAREST] < FAR_DEPTH) return 0;
        }
    }
    return 1;
}

// Measure the cells that anything was drawn to or next to, and note which they are; the others are
// empty already.
static void measure_cells(const ShadowMap *map, const Drawn *drawn, int *bounds) {
    const int cells = map->size / SHADOW_CELL;
    for (int k = 0; k < 2; k++) {
        const int first = (int)(fmaxf(drawn->low[k], 0.f) / SHADOW_CELL) - 1;
        const int last = (int)(fmaxf(fminf(drawn->high[k], (float)map->size), 0.f) / SHADOW_CELL) + 1;
        bounds[k] = first < 0 ? 0 : (first > cells ? cells : first);
        bounds[2 + k] = last > cells - 1 ? cells - 1 : last;
    }
    for (int cy = bounds[1]; cy <= bounds[3]; cy++) {
        for (int cx = bounds[0]; cx <= bounds[2]; cx++) measure_own_nearest(map, cx, cy);
    }
    for (int cy = bounds[1]; cy <= bounds[3]; cy++) {
        for (int cx = bounds[0]; cx <= bounds[2]; cx++) {
            float *cell = map->cells + ((size_t)cy * cells + cx) * CELL_FLOATS;
            if (is_lonely(map, cx, cy, bounds)) empty_cell(cell);
            else measure_cell(map, cx, cy, cell);
        }
    }
}

static const Drawn NOTHING = {{1e30f, 1e30f}, {-1e30f, -1e30f}};

// Draw what stands still, once for every position of the sun; returns 1 when there is no memory. `map` brings its size and buffers.
int matinee_draw_static_shadow(const Geometry *geometry, ShadowMap *map, const float *direction,
                                const float *centre, float radius_m) {
    float right[3], up[3];
    light_axes(direction, right, up);
    const float texel = 2.f * radius_m / (float)map->size;
    const float x = right[0] * centre[0] + right[1] * centre[1] + right[2] * centre[2];
    const float y = up[0] * centre[0] + up[1] * centre[1] + up[2] * centre[2];
    aim(map, direction, x - radius_m, y - radius_m, texel);
    map->enabled = 1;
    clear_map(map);
    int most = 0;
    for (int c = 0; c < geometry->static_clusters; c++) {
        most = geometry->clusters[c].vertex_count > most ? geometry->clusters[c].vertex_count : most;
    }
    const size_t room = (size_t)most + 64;
    float *buffer = malloc(room * 3 * 4);
    if (!buffer) return 1;
    const Projected scratch = {buffer, buffer + room, buffer + 2 * room};
    Drawn drawn = NOTHING;
    draw_clusters(map, geometry->clusters, geometry->static_clusters, geometry->triangle_vertices, geometry->x,
                  geometry->y, geometry->z, &scratch, &drawn);
    free(buffer);
    const int cells = map->size / SHADOW_CELL;
    for (int cell = 0; cell < cells * cells; cell++) empty_cell(map->cells + (size_t)cell * CELL_FLOATS);
    int bounds[4];
    measure_cells(map, &drawn, bounds);
    return 0;
}

// Fit a map around meshes that move. Its texels grow in steps and its corner sits on their grid, so
// that shadow edges do not crawl while the meshes do.
static void draw_moving(Context *context, const Frame *frame, int number, const Cluster *clusters, int count) {
    ShadowMap *map = &context->maps[number];
    const Geometry *g = context->geometry;
    map->enabled = 0;
    if (count == 0) return;
    float right[3], up[3], low[2] = {1e30f, 1e30f}, high[2] = {-1e30f, -1e30f};
    light_axes(frame->sun_direction, right, up);
    const ShadowMap *still = &frame->shadows[0];
    const float reach = still->texel_m * (float)still->size;
    const float still_low[2] = {-still->to_x[3] * still->texel_m, -still->to_y[3] * still->texel_m};
    for (int c = 0; c < count; c++) {
        if (clusters[c].low[0] > clusters[c].high[0]) continue;
        for (int corner = 0; corner < 8; corner++) {
            const float px = corner & 1 ? clusters[c].high[0] : clusters[c].low[0];
            const float py = corner & 2 ? clusters[c].high[1] : clusters[c].low[1];
            const float pz = corner & 4 ? clusters[c].high[2] : clusters[c].low[2];
            const float at[2] = {right[0] * px + right[1] * py + right[2] * pz, up[0] * px + up[1] * py + up[2] * pz};
            for (int k = 0; k < 2; k++) {
                low[k] = fminf(low[k], at[k]);
                high[k] = fmaxf(high[k], at[k]);
            }
        }
    }
    for (int k = 0; k < 2; k++) {
        low[k] = fmaxf(low[k], still_low[k]);
        high[k] = fminf(high[k], still_low[k] + reach);
        if (!(low[k] < high[k])) return;
    }
    const float margin = 16.f;
    const float extent = fmaxf(high[0] - low[0], high[1] - low[1]) / ((float)map->size - 2.f * margin);
    const float texel = exp2f(ceilf(log2f(fmaxf(extent, 0.002f)) * 4.f) * 0.25f);
    float corner[2];
    for (int k = 0; k < 2; k++) {
        const float middle = 0.5f * (low[k] + high[k]) - 0.5f * texel * (float)map->size;
        corner[k] = floorf(middle / texel) * texel;
    }
    aim(map, frame->sun_direction, corner[0], corner[1], texel);
    map->enabled = 1;
    clear_cells(map, context->drawn_cells[number]);
    // The buffers of the camera's projection are free at this time.
    const Projected scratch = {context->screen_x, context->screen_y, context->inverse_w};
    Drawn drawn = NOTHING;
    draw_clusters(map, clusters, count, g->triangle_vertices, context->x - g->static_vertices,
                  context->y - g->static_vertices, context->z - g->static_vertices, &scratch, &drawn);
    measure_cells(map, &drawn, context->drawn_cells[number]);
}

// A map of a context starts empty; nothing was drawn to it.
void empty_map(ShadowMap *map, int *drawn) {
    static const int NONE[4] = {0, 0, -1, -1};
    const int cells = map->size / SHADOW_CELL;
    clear_map(map);
    for (int cell = 0; cell < cells * cells; cell++) empty_cell(map->cells + (size_t)cell * CELL_FLOATS);
    memcpy(drawn, NONE, sizeof NONE);
}

void draw_moving_shadows(Context *context, const Frame *frame) {
    const Geometry *g = context->geometry;
    context->maps[0] = frame->shadows[0];
    draw_moving(context, frame, 1, context->clusters, g->rigid_count);
    draw_moving(context, frame, 2, context->clusters + g->rigid_count, g->rigged_count);
}
