// Pieces and lines: which pixels belong together, and the ink between them.
#include <stdlib.h>
#include "style.h"

// What each triangle is a piece of: two pieces that differ are drawn apart. Bit 0 marks leaves,
// grass and hair, whose creases are not worth a line.
static int32_t key_of(const Context *context, const ShadeTriangle *triangle) {
    const uint32_t vertex = triangle->v[0], still = (uint32_t)context->geometry->static_vertices;
    const float *attributes = vertex < still ? context->geometry->attributes + (size_t)vertex * ATTRIBUTES
                                             : context->attributes + (size_t)(vertex - still) * ATTRIBUTES;
    const int surface = (int)attributes[AT_SURFACE] & 31;
    const int loose = surface == FOLIAGE || surface == GRASS || surface == HAIR;
    // An eye belongs to its face: a line around it would blacken it.
    // What the ground is made of changes from one triangle to the next, but it is one ground.
    const int ground = surface == GRASS || surface == SAND || surface == SNOW || surface == ASPHALT;
    int32_t key = triangle->part << 12 | (surface == EYE ? SKIN : (ground ? EARTH : surface)) << 1 | loose;
    if (triangle->part > 1 && surface == CLOTH) {
        // A shirt and trousers of the same cloth are two pieces when their colours differ.
        for (int c = 0; c < 3; c++) key |= (int)(sqrtf(fmaxf(attributes[AT_ALBEDO + c], 0.f)) * 3.5f) << (6 + 2 * c);
    }
    return key;
}

// Depth (1/w) and keys from tiles to rows.
void lay_out_pieces(Context *context) {
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
void drop_shadows(const Context *context, const Finish *finish) {
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

// Where a line belongs: between two pieces, and where a surface turns sharply. On a plane 1/w is
// linear over the picture, so its second difference is exactly what bends.
void find_lines(const Context *context, const Frame *frame, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context), reach = (int)fmaxf(finish->ink_px * 0.5f + 0.5f, 1.f);
    const float pixel = 2.f * frame->tan_y / (float)p->height * (float)reach;
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
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
                differs |= ((other ^ own) & ~1) != 0;
                apart |= shift_right(other ^ own, 12) != 0;
                nearest = vmax(nearest, near[k]);
            }
            // Beyond the edge of the picture nothing is known: there is no bend across it.
            const vfloat from_side = vmin(lane + (float)x, (float)(p->width - 1 - x) - lane);
            const vfloat across = from_side < (float)reach ? splat(0.f) : vabs(near[0] + near[1] - 2.f * here);
            const vfloat down = y < reach || y >= p->height - reach ? splat(0.f) : vabs(near[2] + near[3] - 2.f * here);
            const vfloat bend = vmax(across, down) / (vmax(here, splat(1e-5f)) * pixel);
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
void draw_lines(const Context *context, const Finish *finish) {
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
