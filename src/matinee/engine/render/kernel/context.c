// The front door of the kernel: make a context, render a frame with it, give it back.
//
// A context belongs to one thread at a time; the geometry and the static shadow map may be shared.
#include <stdlib.h>
#include <time.h>
#include "kernel.h"

void grain_planes(const Context *context, const Frame *frame, uint8_t *out);

#define HALF_PAD 32

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

// A plane at half size with a border on all sides, so that neighbours of any pixel may be read.
static float *half_plane(const Context *context, int planes) {
    const size_t rows = (size_t)planes * (context->half_height + 2 * HALF_PAD);
    float *base = aligned_bytes(rows * context->half_stride * 4);
    memset(base, 0, rows * context->half_stride * 4);
    return base + (size_t)HALF_PAD * context->half_stride + HALF_PAD;
}

static void free_half(const Context *context, float *plane) {
    if (plane) free(plane - (size_t)HALF_PAD * context->half_stride - HALF_PAD);
}

static void allocate_map(ShadowMap *map, int size, int *drawn) {
    map->size = size;
    map->depth = aligned_bytes(((size_t)size + 16) * size * 4);
    map->cells = aligned_bytes((size_t)(size / SHADOW_CELL) * (size / SHADOW_CELL) * CELL_FLOATS * 4);
    empty_map(map, drawn);
}

static void fill_context(Context *context, const Geometry *geometry, int width, int height, int moving_shadow_size, int with_mirror) {
    context->geometry = geometry;
    const size_t moving = (size_t)(geometry->vertices - geometry->static_vertices);
    context->x = aligned_bytes(moving * 4);
    context->y = aligned_bytes(moving * 4);
    context->z = aligned_bytes(moving * 4);
    context->attributes = aligned_bytes(moving * ATTRIBUTES * 4);
    if (moving) memcpy(context->attributes, geometry->dynamic_attributes, moving * ATTRIBUTES * 4);
    context->morphed = aligned_bytes(moving * 6 * 4);
    const int clusters = geometry->rigid_count + geometry->rigged_count;
    context->clusters = aligned_bytes((size_t)clusters * sizeof(Cluster));
    if (clusters) memcpy(context->clusters, geometry->clusters + geometry->static_clusters, (size_t)clusters * sizeof(Cluster));
    context->screen_x = aligned_bytes((size_t)geometry->vertices * 4);
    context->screen_y = aligned_bytes((size_t)geometry->vertices * 4);
    context->inverse_w = aligned_bytes((size_t)geometry->vertices * 4);
    picture_allocate(&context->main, width, height);
    if (with_mirror) {
        picture_allocate(&context->mirror, (width + 1) / 2, (height + 1) / 2);
        const size_t pixels = (size_t)context->mirror.stride * context->mirror.tiles_y * TILE_HEIGHT;
        context->mirror_packed = aligned_bytes(pixels * 4);
        memset(context->mirror_packed, 0, pixels * 4);
    }
    context->half_width = width / 2;
    context->half_height = height / 2;
    context->half_stride = context->main.stride / 2 + 2 * HALF_PAD;
    context->half_depth = half_plane(context, 1);
    context->half_open = half_plane(context, 1);
    context->half_scratch = half_plane(context, 1);
    for (int k = 0; k < 3; k++) context->focus[k] = half_plane(context, 1);
    context->focus[3] = half_plane(context, 4);
    if (geometry->rigid_count) allocate_map(&context->maps[1], moving_shadow_size, context->drawn_cells[1]);
    if (geometry->rigged_count) allocate_map(&context->maps[2], moving_shadow_size, context->drawn_cells[2]);
    int w = (width + 3) / 4, h = (height + 3) / 4;
    for (int level = 0; level < 6; level++) {
        context->bloom_width[level] = w;
        context->bloom_height[level] = h;
        context->bloom[level] = aligned_bytes((size_t)w * h * 3 * 4 + 256);
        w = w > 1 ? (w + 1) / 2 : 1;
        h = h > 1 ? (h + 1) / 2 : 1;
    }
    const size_t rows = (size_t)context->main.stride + 64;
    context->post_rows = aligned_bytes(rows * 8 * 4);
    const size_t bytes = (size_t)context->main.stride * context->main.tiles_y * TILE_HEIGHT + 64;
    context->luma = aligned_bytes(bytes);
    context->blue_diff = aligned_bytes(bytes);
    context->red_diff = aligned_bytes(bytes);
}

void matinee_context_free(Context *context) {
    free(context->x);
    free(context->y);
    free(context->z);
    free(context->attributes);
    free(context->morphed);
    free(context->clusters);
    free(context->screen_x);
    free(context->screen_y);
    free(context->inverse_w);
    picture_free(&context->main);
    picture_free(&context->mirror);
    free(context->mirror_packed);
    free_half(context, context->half_depth);
    free_half(context, context->half_open);
    free_half(context, context->half_scratch);
    for (int k = 0; k < 4; k++) free_half(context, context->focus[k]);
    for (int m = 1; m < SHADOW_MAPS; m++) {
        free(context->maps[m].depth);
        free(context->maps[m].cells);
    }
    for (int level = 0; level < 6; level++) free(context->bloom[level]);
    free(context->post_rows);
    free(context->luma);
    free(context->blue_diff);
    free(context->red_diff);
    free(context->finish_planes);
    free(context->motion);
    free(context->leading_bone);
    free(context->bone_count);
    free(context);
}

// A context, or NULL when there is no memory for it.
Context *matinee_context_new(const Geometry *geometry, int width, int height, int moving_shadow_size, int with_mirror) {
    Context *context = calloc(1, sizeof *context);
    if (!context) return NULL;
    jmp_buf here;
    on_no_memory(&here);
    if (setjmp(here)) {
        on_no_memory(NULL);
        matinee_context_free(context);
        return NULL;
    }
    fill_context(context, geometry, width, height, moving_shadow_size, with_mirror);
    on_no_memory(NULL);
    return context;
}

static double mark(Context *context, int stage, double since) {
    const double now = now_ms();
    context->stage_ms[stage] += now - since;
    return now;
}

static double prepare(Context *context, const Frame *frame, double t) {
    pose(context, frame);
    t = mark(context, STAGE_POSE, t);
    context->maps[0] = frame->shadows[0];
    context->drawn_cells[0][2] = context->drawn_cells[0][3] = frame->shadows[0].size / SHADOW_CELL - 1;
    if (context->maps[0].enabled) draw_moving_shadows(context, frame);
    else context->maps[1].enabled = context->maps[2].enabled = 0;
    return mark(context, STAGE_SHADOW, t);
}

// Render one frame to I420: width * height * 3 / 2 bytes.
static void render(Context *context, const Frame *frame, uint8_t *out) {
    double t = prepare(context, frame, now_ms());
    const View view = view_of(frame, context->main.width, context->main.height, 0);
    Still *still = gather_triangles(context, &context->main, frame, &view);
    t = mark(context, STAGE_GEOMETRY, t);
    rasterise(&context->main, still);
    t = mark(context, STAGE_RASTER, t);
    context->mirrors = frame->has_mirror && find_mirrors(context, frame);
    if (context->mirrors) {
        const View below = view_of(frame, context->mirror.width, context->mirror.height, 1);
        Still *layer = gather_triangles(context, &context->mirror, frame, &below);
        rasterise(&context->mirror, layer);
        shade_picture(context, &context->mirror, frame, &below);
        soften_mirror(context);
    }
    t = mark(context, STAGE_MIRROR, t);
    measure_openness(context, &view);
    t = mark(context, STAGE_OCCLUSION, t);
    shade_picture(context, &context->main, frame, &view);
    t = mark(context, STAGE_SHADE, t);
    draw_particles(context, frame, &view);
    t = mark(context, STAGE_PARTICLES, t);
    blur_by_motion(context, frame, &view);
    t = mark(context, STAGE_MOTION, t);
    blur_by_depth(context, frame);
    t = mark(context, STAGE_FOCUS, t);
    spread_bloom(context, frame);
    t = mark(context, STAGE_BLOOM, t);
    develop(context, frame);
    t = mark(context, STAGE_DEVELOP, t);
    if (frame->finish) {
        apply_finish(context, frame);
        t = mark(context, STAGE_FINISH, t);
    }
    antialias(context, out);
    grain_planes(context, frame, out);
    t = mark(context, STAGE_ANTIALIAS, t);
    if (frame->finish) {
        finish_planes(context, frame->finish, out);
        mark(context, STAGE_FINISH, t);
    }
}

// Render one frame; returns 1, and nothing useful, when there was no memory. The context is then
// good for nothing but to be given back.
int matinee_render(Context *context, const Frame *frame, uint8_t *out) {
    jmp_buf here;
    on_no_memory(&here);
    const int failed = setjmp(here);
    if (!failed) render(context, frame, out);
    on_no_memory(NULL);
    return failed;
}

// Depth (metres, 0 for sky), part numbers and normals, all (height, width[, 3]).
static void see(Context *context, const Frame *frame, float *depth, int32_t *ids, float *normals) {
    pose(context, frame);
    const View view = view_of(frame, context->main.width, context->main.height, 0);
    context->main.still.seen = 0;
    project_and_bin(context, &context->main, &view);
    rasterise(&context->main, NULL);
    resolve_normals(context, frame, &view, depth, ids, normals);
}

// The same as `matinee_render` says of memory holds here.
int matinee_passes(Context *context, const Frame *frame, float *depth, int32_t *ids, float *normals) {
    jmp_buf here;
    on_no_memory(&here);
    const int failed = setjmp(here);
    if (!failed) see(context, frame, depth, ids, normals);
    on_no_memory(NULL);
    return failed;
}

void matinee_stage_ms(Context *context, double *out) {
    memcpy(out, context->stage_ms, sizeof context->stage_ms);
    memset(context->stage_ms, 0, sizeof context->stage_ms);
}

// Sizes of the structures that Python mirrors, so that a mismatch is found at start.
void matinee_sizes(int32_t *out) {
    out[0] = (int32_t)sizeof(Cluster);
    out[1] = (int32_t)sizeof(Rig);
    out[2] = (int32_t)sizeof(Geometry);
    out[3] = (int32_t)sizeof(ShadowMap);
    out[4] = (int32_t)sizeof(Lamp);
    out[5] = (int32_t)sizeof(Frame);
    out[6] = (int32_t)sizeof(Finish);
}
