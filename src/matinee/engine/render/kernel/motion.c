// Motion blur: what moved while the shutter was open is spread along its way.
//
// Every part moves rigidly from one frame to the next (a person's by bones), so a pixel's way over
// the picture follows from where its point was, by one matrix a part and the other camera. Pixels
// are then gathered along the fastest way near by, after McGuire, Hennessy, Bukowski and Osman
// (2012). Tiles in which nothing moves further than a pixel or two are left alone.
#include <stdlib.h>
#include "kernel.h"

#define PATCH_WIDTH LANES  // pixels of a patch with one fastest way
#define PATCH_HEIGHT 8
#define SLOWEST_PX 1.6f
#define LONGEST_PX 60.f
#define LEAP_M 6.f         // further than this in a frame is a jump to another place, not a movement
#define WAY_STEPS 64.f     // ways are kept in 64ths of a pixel, two 16-bit numbers in a word

typedef struct {
    float turn[3][4];
    int moves;
} Step;

// The matrix that takes a point of a part from now to the other moment: other * inverse(now).
static Step step_between(const float *now, const float *other) {
    Step step = {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, 0};
    if (memcmp(now, other, 48) == 0) return step;
    const float a = now[0], b = now[1], c = now[2], d = now[4], e = now[5], f = now[6], g = now[8], h = now[9], i = now[10];
    const float det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    if (fabsf(det) < 1e-9f) return step;
    const float k = 1.f / det;
    const float inverse[3][3] = {{(e * i - f * h) * k, (c * h - b * i) * k, (b * f - c * e) * k},
                                 {(f * g - d * i) * k, (a * i - c * g) * k, (c * d - a * f) * k},
                                 {(d * h - e * g) * k, (b * g - a * h) * k, (a * e - b * d) * k}};
    for (int r = 0; r < 3; r++) {
        for (int s = 0; s < 3; s++) {
            step.turn[r][s] = other[4 * r] * inverse[0][s] + other[4 * r + 1] * inverse[1][s] + other[4 * r + 2] * inverse[2][s];
        }
        step.turn[r][3] = other[4 * r + 3] - step.turn[r][0] * now[3] - step.turn[r][1] * now[7] - step.turn[r][2] * now[11];
    }
    const float x = other[3] - now[3], y = other[7] - now[7], z = other[11] - now[11];
    step.moves = x * x + y * y + z * z < LEAP_M * LEAP_M;
    return step;
}

typedef struct {
    Step *steps;        // 0 stands still, then one a rigid mesh, then one a bone
    int32_t *first;     // of each part, where its steps begin
    int32_t *of_triangle;
} Steps;

// The bone that each vertex of a rigged mesh follows most, and how many bones each mesh has.
static void find_leaders(Context *context) {
    const Geometry *g = context->geometry;
    context->leading_bone = aligned_bytes((size_t)(g->vertices - g->static_vertices));
    context->bone_count = aligned_bytes((size_t)(g->rigged_count + 1) * sizeof *context->bone_count);
    for (int r = 0; r < g->rigged_count; r++) {
        const Rig *rig = &g->rigs[r];
        int most = 0;
        for (int i = 0; i < rig->vertex_count; i++) {
            const float *weights = rig->weights + 4 * (size_t)i;
            const uint8_t *joints = rig->joints + 4 * (size_t)i;
            int best = 0;
            for (int k = 0; k < 4; k++) {
                most = joints[k] > most ? joints[k] : most;
                best = weights[k] > weights[best] ? k : best;
            }
            context->leading_bone[rig->first_vertex - g->static_vertices + i] = joints[best];
        }
        context->bone_count[r] = most + 1;
    }
}

static Steps find_steps(Context *context, const Frame *frame) {
    const Geometry *g = context->geometry;
    if (!context->leading_bone) find_leaders(context);
    const Picture *p = &context->main;
    const int *bones = context->bone_count;
    int total = 1 + g->rigid_count;
    for (int k = 0; k < g->rigged_count; k++) total += bones[k];
    Steps out = {aligned_bytes((size_t)total * sizeof(Step)), aligned_bytes((size_t)(2 + g->rigid_count + g->rigged_count) * 4),
                 aligned_bytes((size_t)(p->triangle_count + LANES) * 4)};
    memset(&out.steps[0], 0, sizeof(Step));
    int at = 1;
    out.first[0] = out.first[1] = 0;
    for (int k = 0; k < g->rigid_count; k++, at++) {
        out.first[2 + k] = at;
        out.steps[at] = step_between(frame->rigid + 12 * k, frame->other_rigid + 12 * k);
    }
    for (int k = 0; k < g->rigged_count; k++) {
        out.first[2 + g->rigid_count + k] = at;
        for (int j = 0; j < bones[k]; j++, at++) out.steps[at] = step_between(frame->bones[k] + 12 * j, frame->other_bones[k] + 12 * j);
    }
    for (int t = p->moving_from; t < p->triangle_count; t++) {
        const ShadeTriangle *triangle = &p->shade[t];
        int step = out.first[triangle->part];
        if (triangle->part >= 2 + g->rigid_count) step += context->leading_bone[triangle->v[0] - (uint32_t)g->static_vertices];
        out.of_triangle[t] = out.steps[step].moves ? step : 0;
    }
    return out;
}

static View other_view(const Frame *frame, int width, int height) {
    Frame *other = aligned_bytes(sizeof *other);
    memcpy(other, frame, sizeof *other);
    memcpy(other->eye, frame->other_eye, 12);
    memcpy(other->right, frame->other_right, 12);
    memcpy(other->up, frame->other_up, 12);
    memcpy(other->forward, frame->other_forward, 12);
    other->tan_x = frame->other_tan_x;
    other->tan_y = frame->other_tan_y;
    const View view = view_of(other, width, height, 0);
    free(other);
    return view;
}

static int same_view(const View *a, const View *b) {
    return memcmp(a->eye, b->eye, 12) == 0 && memcmp(a->x_row, b->x_row, 48) == 0;
}

// The way of every second pixel over the picture, as two 16-bit numbers, and its 1/w. Returns the
// square of the longest way.
static float find_ways(Context *context, const Frame *frame, const View *view, int32_t *ways, float *depths, int half_stride) {
    const vfloat lane_x = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}, lane_y = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
    const Picture *p = &context->main;
    const View other = other_view(frame, p->width, p->height);
    const int still = same_view(view, &other);
    Steps steps = find_steps(context, frame);
    vfloat longest = splat(0.f);
    for (int tile = 0; tile < p->tiles_x * p->tiles_y; tile++) {
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const int px = tile % p->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4;
            const int py = tile / p->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4;
            if (px >= p->width || py >= p->height) continue;
            const size_t from = (size_t)tile * TILE_PIXELS + block * LANES;
            const vint triangle = *(const vint *)(p->triangle + from);
            const vfloat q = *(const vfloat *)(p->depth + from);
            const vint mover = triangle >= splat_int(p->moving_from);
            const vint step = any(mover) ? gather_int(steps.of_triangle, mover ? triangle : splat_int(p->moving_from)) & mover : splat_int(0);
            vint way = splat_int(0);
            if (!still || any(step != 0)) {
                const vfloat x = lane_x + ((float)px + 0.5f), y = lane_y + ((float)py + 0.5f);
                const vfloat w = 1.f / vmax(q, splat(1e-4f));
                vec3 point = {view->eye[0] + (view->ray[0] + x * view->ray_x[0] + y * view->ray_y[0]) * w,
                              view->eye[1] + (view->ray[1] + x * view->ray_x[1] + y * view->ray_y[1]) * w,
                              view->eye[2] + (view->ray[2] + x * view->ray_x[2] + y * view->ray_y[2]) * w};
                uint32_t left = mask_bits(step != 0);
                vec3 there = point;
                while (left) {
                    const int number = step[__builtin_ctz(left)];
                    const vint mine = step == number;
                    left &= ~mask_bits(mine);
                    const Step *s = &steps.steps[number];
                    const vec3 moved = {s->turn[0][0] * point.x + s->turn[0][1] * point.y + s->turn[0][2] * point.z + s->turn[0][3],
                                        s->turn[1][0] * point.x + s->turn[1][1] * point.y + s->turn[1][2] * point.z + s->turn[1][3],
                                        s->turn[2][0] * point.x + s->turn[2][1] * point.y + s->turn[2][2] * point.z + s->turn[2][3]};
                    there = select3(mine, moved, there);
                }
                const vfloat ox = other.x_row[0] * there.x + other.x_row[1] * there.y + other.x_row[2] * there.z + other.x_row[3];
                const vfloat oy = other.y_row[0] * there.x + other.y_row[1] * there.y + other.y_row[2] * there.z + other.y_row[3];
                const vfloat ow = other.w_row[0] * there.x + other.w_row[1] * there.y + other.w_row[2] * there.z + other.w_row[3];
                const vint ahead = ow > NEAR_M;
                const vfloat inverse = 1.f / vmax(ow, splat(NEAR_M));
                vfloat vx = ahead ? (ox * inverse - x) * frame->shutter : splat(0.f), vy = ahead ? (oy * inverse - y) * frame->shutter : splat(0.f);
                const vfloat length = vsqrt(vx * vx + vy * vy) + 1e-6f, shorten = vmin(splat(LONGEST_PX) / length, splat(1.f));
                vx *= shorten;
                vy *= shorten;
                longest = vmax(longest, vx * vx + vy * vy);
                way = ((to_int(vx * WAY_STEPS + 32768.5f) - 32768) & 0xffff) | (to_int(vy * WAY_STEPS + 32768.5f) - 32768) << 16;
            }
            const size_t to = (size_t)(py / 2) * half_stride + px / 2;
            const vint four = __builtin_shufflevector(way, (vint)q, 0, 2, 16, 18, 8, 10, 24, 26, 0, 0, 0, 0, 0, 0, 0, 0);
            const int32_t parts[8] = {four[0], four[1], four[2], four[3], four[4], four[5], four[6], four[7]};
            memcpy(ways + to, parts, 8);
            memcpy(depths + to, parts + 2, 8);
            memcpy(ways + to + half_stride, parts + 4, 8);
            memcpy(depths + to + half_stride, parts + 6, 8);
        }
    }
    free(steps.steps);
    free(steps.first);
    free(steps.of_triangle);
    return __builtin_reduce_max(longest);
}

INLINE vfloat way_x(vint way) { return to_float((way << 16) >> 16) * (1.f / WAY_STEPS); }
INLINE vfloat way_y(vint way) { return to_float(way >> 16) * (1.f / WAY_STEPS); }

// The fastest way in each patch, and then the fastest that reaches into it from a patch near by.
static void fastest_ways(const int32_t *ways, int half_stride, int half_width, int half_height, float *fastest, int columns, int rows) {
    float *own = fastest + (size_t)columns * rows * 2;
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int py = 0; py < rows; py++) {
        for (int px = 0; px < columns; px++) {
            float best = 0.f, x_best = 0.f, y_best = 0.f;
            const int half_x = px * PATCH_WIDTH / 2;
            const vint within = (lane < PATCH_WIDTH / 2) & (lane + half_x < half_width);
            for (int y = py * PATCH_HEIGHT / 2; y < (py + 1) * PATCH_HEIGHT / 2 && y < half_height; y++) {
                const vint way = *(const vint_u *)(ways + (size_t)y * half_stride + half_x) & within;
                if (!any(way != 0)) continue;
                const vfloat x = way_x(way), v = way_y(way), square = x * x + v * v;
                const float most = __builtin_reduce_max(square);
                if (most <= best) continue;
                const int fastest_lane = __builtin_ctz(mask_bits(square >= most));
                best = most;
                x_best = x[fastest_lane];
                y_best = v[fastest_lane];
            }
            own[2 * (py * columns + px)] = x_best;
            own[2 * (py * columns + px) + 1] = y_best;
        }
    }
    memcpy(fastest, own, (size_t)columns * rows * 8);
    for (int patch = 0; patch < columns * rows; patch++) {
        const float x = own[2 * patch], y = own[2 * patch + 1], square = x * x + y * y;
        if (square < SLOWEST_PX * SLOWEST_PX) continue;
        // Half the way to either side, and the two pixels over which its end fades.
        const int across = (int)ceilf((fabsf(x) * 0.5f + 3.f) / PATCH_WIDTH), down = (int)ceilf((fabsf(y) * 0.5f + 3.f) / PATCH_HEIGHT);
        const int px = patch % columns, py = patch / columns;
        for (int ny = py > down ? py - down : 0; ny <= py + down && ny < rows; ny++) {
            for (int nx = px > across ? px - across : 0; nx <= px + across && nx < columns; nx++) {
                float *to = fastest + 2 * (size_t)(ny * columns + nx);
                if (to[0] * to[0] + to[1] * to[1] >= square) continue;
                to[0] = x;
                to[1] = y;
            }
        }
    }
}

// Which patches any blurred one takes colours from: those within half its way.
static void find_fetched(const float *fastest, uint8_t *fetched, int columns, int rows) {
    memset(fetched, 0, (size_t)columns * rows);
    for (int patch = 0; patch < columns * rows; patch++) {
        const float x = fabsf(fastest[2 * patch]), y = fabsf(fastest[2 * patch + 1]);
        if (x * x + y * y < SLOWEST_PX * SLOWEST_PX) continue;
        const int across = (int)ceilf((x * 0.5f + 1.f) / PATCH_WIDTH), down = (int)ceilf((y * 0.5f + 1.f) / PATCH_HEIGHT);
        const int px = patch % columns, py = patch / columns;
        for (int ny = py > down ? py - down : 0; ny <= py + down && ny < rows; ny++) {
            const int first = px > across ? px - across : 0, last = px + across < columns ? px + across : columns - 1;
            memset(fetched + (size_t)ny * columns + first, 1, (size_t)(last - first + 1));
        }
    }
}

typedef struct {
    const int32_t *colours, *ways;
    const float *depths;
    int half_stride;
    uint32_t seed;
} Source;

// Gather sixteen pixels of a row along the fastest way near them. What is in front and passes by
// covers them; what is behind shows as far as they have moved away themselves.
static void gather_row(const Picture *p, const Source *from, int x, int y, float way_to_x, float way_to_y, int taps) {
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const vint here = lane + x;
    const vint half = splat_int((y / 2) * from->half_stride) + (here >> 1);
    const vint own_way = gather_int(from->ways, half);
    const vfloat own_depth = gather_float(from->depths, half);
    const vfloat ox = way_x(own_way), oy = way_y(own_way), own_length = vsqrt(ox * ox + oy * oy);
    const vint own = *(const vint_u *)(from->colours + (size_t)y * p->stride + x);
    const vfloat length = splat(sqrtf(way_to_x * way_to_x + way_to_y * way_to_y));
    // A different start for each pixel turns the gaps between the taps into grain.
    const vfloat start = unit_of(hash_lanes(here + (int)(from->seed * 2654435761u), splat_int(y))) - 0.5f;
    const vfloat own_weight = 1.f / vmax(own_length, splat(1.f));
    vec3 sum = scale3(unpack_rgbe(own), own_weight);
    vfloat total = own_weight;
    for (int k = 0; k < taps; k++) {
        const vfloat t = ((float)k + 0.5f + start * 0.9f) * (1.f / (float)taps) - 0.5f;
        const vint sx = to_int(vclamp(to_float(here) + t * way_to_x + 0.5f, 0.f, (float)p->width - 1.f));
        const vint sy = to_int(vclamp(t * way_to_y + ((float)y + 0.5f), 0.f, (float)p->height - 1.f));
        const vint half_there = (sy >> 1) * from->half_stride + (sx >> 1);
        const vint way = gather_int(from->ways, half_there);
        const vfloat depth = gather_float(from->depths, half_there);
        const vfloat x_there = way_x(way), y_there = way_y(way), there = vsqrt(x_there * x_there + y_there * y_there);
        const vfloat away = vabs(t) * length;
        // Nearer by a tenth counts as wholly in front.
        const vfloat front = saturate((depth - own_depth) / (vmax(depth, own_depth) * 0.1f + 1e-7f) + 0.5f), behind = 1.f - front;
        const vfloat reach_there = saturate(1.f - (away - 0.5f * there) * 0.5f), reach_own = saturate(1.f - (away - 0.5f * own_length) * 0.5f);
        const vfloat weight = (front * reach_there + behind * reach_own) / vmax(mix(own_length, there, front), splat(1.f)) * length * (1.f / (float)taps);
        const vec3 colour = unpack_rgbe(gather_int(from->colours, sy * p->stride + sx));
        sum = mad3(colour, weight, sum);
        total += weight;
    }
    const vfloat share = 1.f / total;
    const size_t to = (size_t)y * p->stride + x;
    *(vfloat_u *)(p->red + to) = sum.x * share;
    *(vfloat_u *)(p->green + to) = sum.y * share;
    *(vfloat_u *)(p->blue + to) = sum.z * share;
}

void blur_by_motion(Context *context, const Frame *frame, const View *view) {
    if (frame->shutter <= 0.f) return;
    const Picture *p = &context->main;
    const int half_stride = p->stride / 2, half_rows = p->tiles_y * TILE_HEIGHT / 2;
    const int columns = (p->width + PATCH_WIDTH - 1) / PATCH_WIDTH, rows = (p->height + PATCH_HEIGHT - 1) / PATCH_HEIGHT;
    const size_t half = (size_t)half_stride * half_rows + LANES, whole = (size_t)p->stride * p->tiles_y * TILE_HEIGHT + LANES;
    if (!context->motion) context->motion = aligned_bytes((half * 2 + whole + (size_t)columns * rows * 5) * 4);
    int32_t *ways = (int32_t *)context->motion, *colours = ways + half;
    float *depths = (float *)(colours + whole), *fastest = depths + half;
    if (find_ways(context, frame, view, ways, depths, half_stride) < SLOWEST_PX * SLOWEST_PX) return;
    fastest_ways(ways, half_stride, (p->width + 1) / 2, (p->height + 1) / 2, fastest, columns, rows);
    uint8_t *fetched = (uint8_t *)(fastest + (size_t)columns * rows * 4);
    find_fetched(fastest, fetched, columns, rows);
    for (int y = 0; y < p->height; y++) {
        for (int x = 0; x < p->width; x += LANES) {
            if (!fetched[y / PATCH_HEIGHT * columns + x / PATCH_WIDTH]) continue;
            const size_t at = (size_t)y * p->stride + x;
            *(vint_u *)(colours + at) = pack_rgbe((vec3){*(vfloat_u *)(p->red + at), *(vfloat_u *)(p->green + at), *(vfloat_u *)(p->blue + at)});
        }
    }
    const Source source = {colours, ways, depths, half_stride, frame->grain_seed};
    for (int patch = 0; patch < columns * rows; patch++) {
        const float x_way = fastest[2 * patch], y_way = fastest[2 * patch + 1], square = x_way * x_way + y_way * y_way;
        if (square < SLOWEST_PX * SLOWEST_PX) continue;
        const int taps = (int)fminf(5.f + sqrtf(square) * 0.4f, 15.f);
        const int left = patch % columns * PATCH_WIDTH, top = patch / columns * PATCH_HEIGHT;
        for (int y = top; y < top + PATCH_HEIGHT && y < p->height; y++) gather_row(p, &source, left, y, x_way, y_way, taps);
    }
}
