// From world to screen: projecting vertices, clipping at the near plane, sorting into tiles.
#include <stdlib.h>
#include <sys/mman.h>
#include "kernel.h"

#define PAGE 4096
#define HUGE_FROM (1 << 20)

// Where to go when there is no memory left: back to the call that Python made.
static _Thread_local jmp_buf *out_of_memory;

void on_no_memory(jmp_buf *where) { out_of_memory = where; }

void *aligned_bytes(size_t bytes) {
    void *found = aligned_alloc(64, (bytes + 4096 + 63) / 64 * 64);
#ifdef MADV_HUGEPAGE
    // Every shot has new buffers; in small pages the machine would clear and map them one by one.
    const uintptr_t low = ((uintptr_t)found + PAGE - 1) / PAGE * PAGE, high = ((uintptr_t)found + bytes) / PAGE * PAGE;
    if (found && bytes >= HUGE_FROM) madvise((void *)low, high - low, MADV_HUGEPAGE);
#endif
    if (found) return found;
    if (!out_of_memory) abort();
    longjmp(*out_of_memory, 1);
}

TileArea all_tiles(const Picture *picture) { return (TileArea){0, 0, picture->tiles_x, picture->tiles_y}; }

void picture_allocate(Picture *picture, int width, int height) {
    memset(picture, 0, sizeof *picture);
    picture->width = width;
    picture->height = height;
    picture->tiles_x = (width + TILE_WIDTH - 1) / TILE_WIDTH;
    picture->tiles_y = (height + TILE_HEIGHT - 1) / TILE_HEIGHT;
    picture->stride = picture->tiles_x * TILE_WIDTH;
    picture->wanted = all_tiles(picture);
    size_t tiles = (size_t)picture->tiles_x * picture->tiles_y;
    size_t pixels = tiles * TILE_PIXELS;
    picture->depth = aligned_bytes(pixels * 4);
    picture->triangle = aligned_bytes(pixels * 4);
    // Shading looks a few blocks ahead, also at the end and into tiles that were never drawn.
    memset(picture->triangle, 255, (pixels + 4 * LANES) * 4);
    picture->red = aligned_bytes(pixels * 4);
    picture->green = aligned_bytes(pixels * 4);
    picture->blue = aligned_bytes(pixels * 4);
    picture->tile_start = aligned_bytes((tiles + 1) * 4);
    // Filters read a little past the last row, where nothing is ever drawn.
    float *planes[3] = {picture->red, picture->green, picture->blue};
    for (int c = 0; c < 3; c++) memset(planes[c], 0, pixels * 4);
}

void picture_free(Picture *picture) {
    free(picture->depth);
    free(picture->triangle);
    free(picture->red);
    free(picture->green);
    free(picture->blue);
    free(picture->tile_start);
    free(picture->tile_entries);
    free(picture->raster);
    free(picture->shade);
    still_free(&picture->still);
}

View view_of(const Frame *frame, int width, int height, int mirrored) {
    View view = {.width = (float)width, .height = (float)height, .mirrored = mirrored};
    float right[3], up[3], forward[3];
    const float flip = mirrored ? -1.f : 1.f;
    for (int k = 0; k < 3; k++) {
        const float sign = k == 1 ? flip : 1.f;
        right[k] = frame->right[k] * sign;
        up[k] = frame->up[k] * sign;
        forward[k] = frame->forward[k] * sign;
        view.eye[k] = frame->eye[k];
    }
    view.mirror_height = frame->mirror_height;
    if (mirrored) view.eye[1] = 2.f * frame->mirror_height - frame->eye[1];
    view.pixel_angle = 2.f * frame->tan_y / (float)height;
    const float half_x = 0.5f * (float)width, half_y = 0.5f * (float)height;
    float right_dot = 0.f, up_dot = 0.f, forward_dot = 0.f;
    for (int k = 0; k < 3; k++) {
        view.x_row[k] = right[k] * (half_x / frame->tan_x) + forward[k] * half_x;
        view.y_row[k] = forward[k] * half_y - up[k] * (half_y / frame->tan_y);
        view.w_row[k] = forward[k];
        view.ray_x[k] = right[k] * (frame->tan_x / half_x);
        view.ray_y[k] = -up[k] * (frame->tan_y / half_y);
        view.ray[k] = forward[k] - right[k] * frame->tan_x + up[k] * frame->tan_y;
        right_dot += view.x_row[k] * view.eye[k];
        up_dot += view.y_row[k] * view.eye[k];
        forward_dot += view.w_row[k] * view.eye[k];
    }
    view.x_row[3] = -right_dot;
    view.y_row[3] = -up_dot;
    view.w_row[3] = -forward_dot;
    return view;
}

static inline float row_dot(const float *row, float x, float y, float z) {
    return row[0] * x + row[1] * y + row[2] * z + row[3];
}

// A box is out of sight when all its corners lie beyond one side of the picture, behind the near
// plane, or, in the mirror, under the mirror.
static int cluster_visible(const Cluster *cluster, const View *view) {
    if (view->mirrored && cluster->high[1] <= view->mirror_height + 0.01f) return 0;
    int left = 0, right = 0, above = 0, below = 0, behind = 0;
    for (int corner = 0; corner < 8; corner++) {
        const float x = corner & 1 ? cluster->high[0] : cluster->low[0];
        const float y = corner & 2 ? cluster->high[1] : cluster->low[1];
        const float z = corner & 4 ? cluster->high[2] : cluster->low[2];
        const float w = row_dot(view->w_row, x, y, z);
        const float sx = row_dot(view->x_row, x, y, z), sy = row_dot(view->y_row, x, y, z);
        behind += w < NEAR_M;
        left += sx < 0.f;
        right += sx > w * view->width;
        above += sy < 0.f;
        below += sy > w * view->height;
    }
    return behind < 8 && left < 8 && right < 8 && above < 8 && below < 8;
}

static void project(const View *view, int count, const float *restrict x, const float *restrict y,
                    const float *restrict z, float *restrict screen_x, float *restrict screen_y,
                    float *restrict inverse_w) {
    const float *xr = view->x_row, *yr = view->y_row, *wr = view->w_row;
    HOT_LOOP
    for (int i = 0; i < count; i++) {
        const float w = wr[0] * x[i] + wr[1] * y[i] + wr[2] * z[i] + wr[3];
        const float q = w < NEAR_M ? -1.f : 1.f / w;
        screen_x[i] = (xr[0] * x[i] + xr[1] * y[i] + xr[2] * z[i] + xr[3]) * q;
        screen_y[i] = (yr[0] * x[i] + yr[1] * y[i] + yr[2] * z[i] + yr[3]) * q;
        inverse_w[i] = q;
    }
}

// A corner of a triangle on the screen; b1 and b2 are its shares of the original vertices 1 and 2.
typedef struct {
    float x, y, q, b1, b2;
} Corner;

static inline float min3(float a, float b, float c) { return fminf(a, fminf(b, c)); }
static inline float max3(float a, float b, float c) { return fmaxf(a, fmaxf(b, c)); }

static void reserve(Picture *picture) {
    if (picture->triangle_count < picture->triangle_capacity) return;
    const int capacity = picture->triangle_capacity ? picture->triangle_capacity * 2 : 32768;
    RasterTriangle *raster = aligned_bytes((size_t)capacity * sizeof *raster);
    ShadeTriangle *shade = aligned_bytes((size_t)capacity * sizeof *shade);
    if (picture->triangle_count) {
        memcpy(raster, picture->raster, (size_t)picture->triangle_count * sizeof *raster);
        memcpy(shade, picture->shade, (size_t)picture->triangle_count * sizeof *shade);
    }
    free(picture->raster);
    free(picture->shade);
    picture->raster = raster;
    picture->shade = shade;
    picture->triangle_capacity = capacity;
}

static void emit(Picture *picture, const Corner *c0, const Corner *c1, const Corner *c2, const uint32_t *v,
                 int part, int mirrored) {
    const float low_x = min3(c0->x, c1->x, c2->x), high_x = max3(c0->x, c1->x, c2->x);
    const float low_y = min3(c0->y, c1->y, c2->y), high_y = max3(c0->y, c1->y, c2->y);
    if (!(high_x > 0.f && low_x < (float)picture->width && high_y > 0.f && low_y < (float)picture->height)) return;
    const int x0 = (int)ceilf(fmaxf(low_x, 0.f) - 0.5f), y0 = (int)ceilf(fmaxf(low_y, 0.f) - 0.5f);
    const int x1 = (int)floorf(fminf(high_x, (float)picture->width) - 0.5f);
    const int y1 = (int)floorf(fminf(high_y, (float)picture->height) - 0.5f);
    if (x0 > x1 || y0 > y1) return;
    const float ux = c1->x - c0->x, uy = c1->y - c0->y, vx = c2->x - c0->x, vy = c2->y - c0->y;
    const float area = ux * vy - vx * uy;
    if (fabsf(area) < 1e-7f) return;
    reserve(picture);
    const int slot = picture->triangle_count++;
    RasterTriangle *raster = &picture->raster[slot];
    ShadeTriangle *shade = &picture->shade[slot];
    const float inside = area > 0.f ? 1.f : -1.f;
    const Corner *corners[4] = {c0, c1, c2, c0};
    for (int edge = 0; edge < 3; edge++) {
        const Corner *from = corners[edge], *to = corners[edge + 1];
        const int swap = from->x > to->x || (from->x == to->x && from->y > to->y);
        const Corner *low = swap ? to : from, *high = swap ? from : to;
        const float sign = swap ? -inside : inside;
        raster->a[edge] = sign * (low->y - high->y);
        raster->b[edge] = sign * (high->x - low->x);
        raster->origin_x[edge] = low->x;
        raster->origin_y[edge] = low->y;
    }
    const float inverse_area = 1.f / area;
    const float s_x = vy * inverse_area, s_y = -vx * inverse_area, t_x = -uy * inverse_area, t_y = ux * inverse_area;
    const float d1 = c1->q - c0->q, d2 = c2->q - c0->q;
    raster->ref_x = shade->ref_x = c0->x;
    raster->ref_y = shade->ref_y = c0->y;
    raster->depth = shade->depth = c0->q;
    raster->depth_x = shade->depth_x = s_x * d1 + t_x * d2;
    raster->depth_y = shade->depth_y = s_y * d1 + t_y * d2;
    raster->x0 = (int16_t)x0;
    raster->x1 = (int16_t)x1;
    raster->y0 = (int16_t)y0;
    raster->y1 = (int16_t)y1;
    const float p0 = c0->q * c0->b1, p1 = c1->q * c1->b1 - p0, p2 = c2->q * c2->b1 - p0;
    const float r0 = c0->q * c0->b2, r1 = c1->q * c1->b2 - r0, r2 = c2->q * c2->b2 - r0;
    shade->b1 = p0;
    shade->b1_x = s_x * p1 + t_x * p2;
    shade->b1_y = s_y * p1 + t_y * p2;
    shade->b2 = r0;
    shade->b2_x = s_x * r1 + t_x * r2;
    shade->b2_y = s_y * r1 + t_y * r2;
    shade->v[0] = v[0];
    shade->v[1] = v[1];
    shade->v[2] = v[2];
    shade->part = part;
    // Counter-clockwise in a world with Y up has negative area on a screen with Y down.
    shade->facing = (area < 0.f) != (mirrored != 0) ? 1.f : -1.f;
}

typedef struct {
    float x, y, z, b1, b2;
} ClipVertex;

// Keep the side where `side` is not negative (Sutherland and Hodgman 1974).
static int clip_polygon(const ClipVertex *in, int count, const float *side, ClipVertex *out) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        const int j = i + 1 < count ? i + 1 : 0;
        if (side[i] >= 0.f) out[kept++] = in[i];
        if ((side[i] >= 0.f) != (side[j] >= 0.f)) {
            const float f = side[i] / (side[i] - side[j]);
            out[kept++] = (ClipVertex){in[i].x + f * (in[j].x - in[i].x), in[i].y + f * (in[j].y - in[i].y),
                                       in[i].z + f * (in[j].z - in[i].z), in[i].b1 + f * (in[j].b1 - in[i].b1),
                                       in[i].b2 + f * (in[j].b2 - in[i].b2)};
        }
    }
    return kept;
}

// Cut a triangle at the near plane and, in the mirror, at the water line, and emit what is left.
static void clip_and_emit(Picture *picture, const View *view, const float (*p)[3], const uint32_t *v, int part) {
    ClipVertex polygon[8], cut[8];
    float side[8];
    int count = 3;
    for (int k = 0; k < 3; k++) {
        polygon[k] = (ClipVertex){p[k][0], p[k][1], p[k][2], k == 1, k == 2};
        side[k] = row_dot(view->w_row, p[k][0], p[k][1], p[k][2]) - NEAR_M;
    }
    count = clip_polygon(polygon, count, side, cut);
    if (view->mirrored) {
        for (int k = 0; k < count; k++) side[k] = cut[k].y - view->mirror_height - 0.005f;
        count = clip_polygon(cut, count, side, polygon);
        memcpy(cut, polygon, sizeof cut);
    }
    Corner corners[8];
    for (int k = 0; k < count; k++) {
        const float q = 1.f / fmaxf(row_dot(view->w_row, cut[k].x, cut[k].y, cut[k].z), NEAR_M * 0.5f);
        corners[k] = (Corner){row_dot(view->x_row, cut[k].x, cut[k].y, cut[k].z) * q,
                              row_dot(view->y_row, cut[k].x, cut[k].y, cut[k].z) * q, q, cut[k].b1, cut[k].b2};
    }
    for (int k = 1; k + 1 < count; k++) {
        emit(picture, &corners[0], &corners[k], &corners[k + 1], v, part, view->mirrored);
    }
}

static void emit_cluster(Context *context, Picture *picture, const View *view, const Cluster *cluster) {
    const Geometry *g = context->geometry;
    const int moving = cluster->first_vertex >= g->static_vertices;
    const float *x = moving ? context->x - g->static_vertices : g->x;
    const float *y = moving ? context->y - g->static_vertices : g->y;
    const float *z = moving ? context->z - g->static_vertices : g->z;
    const int first = cluster->first_vertex;
    project(view, cluster->vertex_count, x + first, y + first, z + first, context->screen_x + first,
            context->screen_y + first, context->inverse_w + first);
    const float floor_height = view->mirror_height + 0.005f;
    for (int t = 0; t < cluster->triangle_count; t++) {
        const uint32_t *v = g->triangle_vertices + (size_t)(cluster->first_triangle + t) * 3;
        const float q0 = context->inverse_w[v[0]], q1 = context->inverse_w[v[1]], q2 = context->inverse_w[v[2]];
        const int behind = (q0 < 0.f) + (q1 < 0.f) + (q2 < 0.f);
        if (behind == 3) continue;
        int under = 0;
        if (view->mirrored) {
            under = (y[v[0]] < floor_height) + (y[v[1]] < floor_height) + (y[v[2]] < floor_height);
            if (under == 3) continue;
        }
        if (behind || under) {
            const float p[3][3] = {{x[v[0]], y[v[0]], z[v[0]]}, {x[v[1]], y[v[1]], z[v[1]]}, {x[v[2]], y[v[2]], z[v[2]]}};
            clip_and_emit(picture, view, p, v, cluster->part);
            continue;
        }
        const Corner corners[3] = {{context->screen_x[v[0]], context->screen_y[v[0]], q0, 0.f, 0.f},
                                   {context->screen_x[v[1]], context->screen_y[v[1]], q1, 1.f, 0.f},
                                   {context->screen_x[v[2]], context->screen_y[v[2]], q2, 0.f, 1.f}};
        emit(picture, &corners[0], &corners[1], &corners[2], v, cluster->part, view->mirrored);
    }
}

// Lay the triangles of each tile side by side, from number `first` on: count, add up, fill.
static void sort_into_tiles(Picture *picture, int first) {
    const int tiles = picture->tiles_x * picture->tiles_y;
    int32_t *start = picture->tile_start;
    memset(start, 0, ((size_t)tiles + 1) * 4);
    for (int pass = 0; pass < 2; pass++) {
        for (int t = first; t < picture->triangle_count; t++) {
            const RasterTriangle *r = &picture->raster[t];
            const int tx0 = r->x0 / TILE_WIDTH, tx1 = r->x1 / TILE_WIDTH;
            for (int ty = r->y0 / TILE_HEIGHT; ty <= r->y1 / TILE_HEIGHT; ty++) {
                for (int tx = tx0; tx <= tx1; tx++) {
                    const int tile = ty * picture->tiles_x + tx;
                    if (pass == 0) start[tile + 1]++;
                    else picture->tile_entries[start[tile]++] = t;
                }
            }
        }
        if (pass == 0) {
            for (int tile = 0; tile < tiles; tile++) start[tile + 1] += start[tile];
            if (start[tiles] > picture->tile_capacity) {
                picture->tile_capacity = start[tiles] + start[tiles] / 4 + 1024;
                free(picture->tile_entries);
                picture->tile_entries = aligned_bytes((size_t)picture->tile_capacity * 4);
            }
        }
    }
    // Filling moved every start to its tile's end, which is the next tile's start.
    memmove(start + 1, start, (size_t)tiles * 4);
    start[0] = 0;
}

static void emit_still(Context *context, Picture *picture, const View *view) {
    const Geometry *g = context->geometry;
    picture->triangle_count = 0;
    for (int c = 0; c < g->static_clusters; c++) {
        if (cluster_visible(&g->clusters[c], view)) emit_cluster(context, picture, view, &g->clusters[c]);
    }
}

static void emit_moving(Context *context, Picture *picture, const View *view) {
    const Geometry *g = context->geometry;
    picture->moving_from = picture->triangle_count;
    picture->rigged_from = INT32_MAX;
    for (int c = 0; c < g->rigid_count + g->rigged_count; c++) {
        if (c == g->rigid_count) picture->rigged_from = picture->triangle_count;
        if (cluster_visible(&context->clusters[c], view)) emit_cluster(context, picture, view, &context->clusters[c]);
    }
}

void project_and_bin(Context *context, Picture *picture, const View *view) {
    emit_still(context, picture, view);
    emit_moving(context, picture, view);
    sort_into_tiles(picture, 0);
}

void project_still(Context *context, Picture *picture, const View *view) {
    emit_still(context, picture, view);
    sort_into_tiles(picture, 0);
}

// The static triangles stay where they are, in front; only the moving ones are sorted.
void project_moving(Context *context, Picture *picture, const View *view) {
    const int first = picture->triangle_count;
    emit_moving(context, picture, view);
    sort_into_tiles(picture, first);
}
