// What stands still before a camera that stands still is drawn once and kept.
//
// From the second frame on that a camera does not move, a picture keeps a layer: depth and triangle
// numbers of the static world, and the colour of every block that nothing which moves can reach.
// Later frames draw the moving meshes over a copy and shade again only the blocks that show them,
// that a moving shadow or lamp may fall on, whose openness changed, or that change by themselves.
// A kept colour is bit for bit what shading would give again, so it does not matter which frames a
// context happens to draw.
#include <stddef.h>
#include <stdlib.h>
#include "kernel.h"

#define SHADOW_CELLS_MAX 64
// How far a receiver's slope may reach past its own depth in the shadow filter, in texels.
#define SLOPE_TEXELS 64.f

// The part of a frame that a kept colour depends on.
static void key_of(const Frame *frame, StillKey *key) {
    Frame plain;
    memcpy(&plain, frame, offsetof(Frame, lamp_count));
    plain.focus_m = plain.lens_px = 0.f;
    plain.bloom = plain.contrast = plain.saturation = plain.vignette = plain.grain = 0.f;
    for (int k = 0; k < 3; k++) plain.shadow_tint[k] = plain.highlight_tint[k] = 0.f;
    plain.time_s = 0.f;
    plain.grain_seed = 0;
    memcpy(key->fields, &plain, sizeof key->fields);
    if (frame->finish) {
        key->tone_stops = frame->finish->tone_stops;
        key->tone_soft = frame->finish->tone_soft;
        key->tone_floor = frame->finish->tone_floor;
        key->gloss = frame->finish->gloss;
        key->remade = frame->finish->remade;
        key->remade_as = frame->finish->remade_as;
    } else {
        key->gloss = -1.f;
    }
    key->shadow = frame->shadows[0].depth;
    key->shadow_enabled = frame->shadows[0].enabled;
}

static void still_allocate(Still *still, const Picture *picture) {
    const size_t tiles = (size_t)picture->tiles_x * picture->tiles_y, pixels = tiles * TILE_PIXELS, blocks = tiles * TILE_BLOCKS;
    still->depth = aligned_bytes(pixels * 4);
    still->triangle = aligned_bytes(pixels * 4);
    for (int c = 0; c < 3; c++) still->colour[c] = aligned_bytes(pixels * 4);
    for (int k = 0; k < 4; k++) still->sphere[k] = aligned_bytes(blocks * 4);
    still->open = aligned_bytes(blocks * 16);
    still->known = aligned_bytes(blocks);
    still->touched = aligned_bytes(tiles);
}

void still_free(Still *still) {
    free(still->depth);
    free(still->triangle);
    for (int c = 0; c < 3; c++) free(still->colour[c]);
    for (int k = 0; k < 4; k++) free(still->sphere[k]);
    free(still->open);
    free(still->known);
    free(still->touched);
    memset(still, 0, sizeof *still);
}

// A sphere around what each block shows; a block of sky gets a radius of -1.
static void measure_spheres(Still *still, const Picture *picture, const View *view) {
    const vfloat lane_x = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}, lane_y = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
    const int tiles = picture->tiles_x * picture->tiles_y;
    for (int tile = 0; tile < tiles; tile++) {
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const size_t number = (size_t)tile * TILE_BLOCKS + block;
            const vfloat x = lane_x + ((float)(tile % picture->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4) + 0.5f);
            const vfloat y = lane_y + ((float)(tile / picture->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4) + 0.5f);
            const vfloat depth = *(const vfloat *)(still->depth + number * LANES);
            const vint seen = *(const vint *)(still->triangle + number * LANES) != splat_int(-1);
            still->sphere[3][number] = -1.f;
            for (int k = 0; k < 3; k++) still->sphere[k][number] = 0.f;
            if (!any(seen)) continue;
            const vfloat w = 1.f / vmax(depth, splat(1e-7f));
            float middle[3];
            vfloat square = splat(0.f);
            for (int k = 0; k < 3; k++) {
                const vfloat at = (view->ray[k] + x * view->ray_x[k] + y * view->ray_y[k]) * w + view->eye[k];
                const float low = __builtin_reduce_min(seen ? at : splat(1e9f)), high = __builtin_reduce_max(seen ? at : splat(-1e9f));
                middle[k] = 0.5f * (low + high);
                const vfloat off = at - middle[k];
                square += off * off;
                still->sphere[k][number] = middle[k];
            }
            still->sphere[3][number] = sqrtf(__builtin_reduce_max(seen ? square : splat(0.f))) * 1.01f + 0.002f;
        }
    }
}

// Which lamps differ from those that kept colours were shaded with. One that moved once is taken to
// move for as long as the layer lasts.
static void watch_lamps(Still *still, const Frame *frame) {
    uint32_t moving = still->moving_lamps;
    for (int k = 0; k < LAMPS_MAX; k++) {
        const int now = k < frame->lamp_count, before = k < still->lamp_count;
        if (now != before || (now && memcmp(&frame->lamps[k], &still->lamps[k], sizeof(Lamp)) != 0)) moving |= 1u << k;
    }
    if (still->valid && moving != still->moving_lamps) memset(still->known, 0, (size_t)still->tiles * TILE_BLOCKS);
    still->moving_lamps = moving;
}

static void begin_layer(Context *context, Picture *picture, const View *view) {
    Still *still = &picture->still;
    if (!still->depth) still_allocate(still, picture);
    still->tiles = picture->tiles_x * picture->tiles_y;
    project_still(context, picture, view);
    // The layer is laid everywhere, since other frames may want other parts of it.
    const TileArea wanted = picture->wanted;
    picture->wanted = all_tiles(picture);
    rasterise(picture, NULL);
    picture->wanted = wanted;
    const size_t bytes = (size_t)still->tiles * TILE_PIXELS * 4;
    memcpy(still->depth, picture->depth, bytes);
    memcpy(still->triangle, picture->triangle, bytes);
    memset(still->known, 0, (size_t)still->tiles * TILE_BLOCKS);
    memset(still->touched, 0, (size_t)still->tiles);
    still->triangle_count = picture->triangle_count;
    measure_spheres(still, picture, view);
    still->valid = 1;
}

// Gather the triangles that are to be drawn, and return the layer that they are drawn over, if any.
Still *gather_triangles(Context *context, Picture *picture, const Frame *frame, const View *view) {
    Still *still = &picture->still;
    StillKey key;
    memset(&key, 0, sizeof key);
    key_of(frame, &key);
    const int same = still->seen && memcmp(&key, &still->key, sizeof key) == 0;
    if (!same) {
        still->key = key;
        still->seen = 1;
        still->valid = 0;
        still->moving_lamps = 0;
        still->lamp_count = frame->lamp_count;
        memcpy(still->lamps, frame->lamps, sizeof still->lamps);
        project_and_bin(context, picture, view);
        return NULL;
    }
    watch_lamps(still, frame);
    if (!still->valid) begin_layer(context, picture, view);
    picture->triangle_count = still->triangle_count;
    project_moving(context, picture, view);
    return still;
}

static vint lamps_reach(const Still *still, const Frame *frame, vfloat x, vfloat y, vfloat z, vfloat radius) {
    vint reached = splat_int(0);
    for (int k = 0; k < frame->lamp_count; k++) {
        if (!(still->moving_lamps >> k & 1)) continue;
        const Lamp *lamp = &frame->lamps[k];
        const vfloat dx = x - lamp->position[0], dy = y - lamp->position[1], dz = z - lamp->position[2];
        const vfloat square = dx * dx + dy * dy + dz * dz, reach = radius + lamp->radius_m;
        vint in = square < reach * reach;
        if (lamp->cos_outer > 0.f) {
            const float sine = sqrtf(fmaxf(1.f - lamp->cos_outer * lamp->cos_outer, 0.f));
            const vfloat along = dx * lamp->direction[0] + dy * lamp->direction[1] + dz * lamp->direction[2];
            const vfloat off = vsqrt(vmax(square - along * along, splat(0.f)));
            in &= off * lamp->cos_outer - along * sine < radius + 0.01f;
        }
        reached |= in;
    }
    return reached;
}

// May a moving thing stand between the sun and any point of a sphere?
static int shadow_reaches(const ShadowMap *map, const int *drawn, float x, float y, float depth, float radius) {
    const float reach = radius / map->texel_m + 3.f;
    const int cells = map->size / SHADOW_CELL;
    int x0 = (int)floorf((x - reach) / SHADOW_CELL), x1 = (int)floorf((x + reach) / SHADOW_CELL);
    int y0 = (int)floorf((y - reach) / SHADOW_CELL), y1 = (int)floorf((y + reach) / SHADOW_CELL);
    x0 = x0 < drawn[0] ? drawn[0] : x0;
    y0 = y0 < drawn[1] ? drawn[1] : y0;
    x1 = x1 > drawn[2] ? drawn[2] : x1;
    y1 = y1 > drawn[3] ? drawn[3] : y1;
    if (x0 > x1 || y0 > y1) return 0;
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > SHADOW_CELLS_MAX) return 1;
    const float behind = depth + radius + SLOPE_TEXELS * map->texel_m;
    for (int cy = y0; cy <= y1; cy++) {
        const float *cell = map->cells + ((size_t)cy * cells + x0) * CELL_FLOATS;
        for (int cx = x0; cx <= x1; cx++, cell += CELL_FLOATS) {
            if (cell[CELL_NEAREST] < behind) return 1;
        }
    }
    return 0;
}

static vint shadows_reach(const Context *context, vfloat x, vfloat y, vfloat z, vfloat radius) {
    vint reached = splat_int(0);
    for (int m = 1; m < SHADOW_MAPS; m++) {
        const ShadowMap *map = &context->maps[m];
        if (!map->enabled) continue;
        const int *drawn = context->drawn_cells[m];
        const vfloat tx = x * map->to_x[0] + y * map->to_x[1] + z * map->to_x[2] + map->to_x[3];
        const vfloat ty = x * map->to_y[0] + y * map->to_y[1] + z * map->to_y[2] + map->to_y[3];
        const vfloat depth = x * map->to_depth[0] + y * map->to_depth[1] + z * map->to_depth[2] + map->to_depth[3];
        const vfloat reach = radius * (1.f / map->texel_m) + 3.f;
        const vint near = (tx + reach >= (float)(drawn[0] * SHADOW_CELL)) & (tx - reach <= (float)((drawn[2] + 1) * SHADOW_CELL)) &
                          (ty + reach >= (float)(drawn[1] * SHADOW_CELL)) & (ty - reach <= (float)((drawn[3] + 1) * SHADOW_CELL));
        for (uint32_t left = mask_bits(near & ~reached); left; left &= left - 1) {
            const int lane = __builtin_ctz(left);
            if (shadow_reaches(map, drawn, tx[lane], ty[lane], depth[lane], radius[lane])) reached[lane] = -1;
        }
    }
    return reached;
}

// One byte a block of a tile: may its light differ from frame to frame?
void find_reached(const Context *context, const Picture *picture, const Frame *frame, int tile, uint8_t *reached) {
    const Still *still = &picture->still;
    for (int block = 0; block < TILE_BLOCKS; block += LANES) {
        const size_t at = (size_t)tile * TILE_BLOCKS + block;
        const vfloat x = *(const vfloat *)(still->sphere[0] + at), y = *(const vfloat *)(still->sphere[1] + at);
        const vfloat z = *(const vfloat *)(still->sphere[2] + at), radius = *(const vfloat *)(still->sphere[3] + at);
        vint found = lamps_reach(still, frame, x, y, z, radius);
        if (context->maps[0].enabled) found |= shadows_reach(context, x, y, z, radius);
        const uint32_t bits = mask_bits(found);
        for (int k = 0; k < LANES; k++) reached[block + k] = bits >> k & 1;
    }
}
