// Is the sun seen from here? Depth maps with an edge as wide as the sun makes it.
#pragma once
#include "kernel.h"

#define EMPTY_DEPTH 9e8f

INLINE float sum16(vfloat a) {
    const vfloat8 half = a.lo + a.hi;
    const vfloat4 quarter = half.lo + half.hi;
    return (quarter.x + quarter.y) + (quarter.z + quarter.w);
}

// One pixel on the edge of a shadow: an 8 by 8 window, two rows a vector, first to see how far away
// the blockers are, then as a filter of the width that the sun's size gives at that distance
// (Fernando 2005). The receiver's slope tilts the compared depth, so that grazing light leaves no
// stripes.
static float soft_edge(const ShadowMap *map, float x, float y, float depth, float slope_x, float slope_y, float sun_tan) {
    const float u = x - 0.5f, v = y - 0.5f;
    const int column = (int)floorf(u) - 3, row = (int)floorf(v) - 3;
    const vfloat step = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7}, lower = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    const vfloat dx = step - (3.f + u - floorf(u)), dy = lower - (3.f + v - floorf(v));
    const vfloat plane = depth + slope_x * dx + slope_y * dy;
    const float *corner = map->depth + (size_t)row * map->size + column;
    vfloat over[4], under = splat(0.f);
    uint64_t blocked = 0;
    for (int r = 0; r < 4; r++) {
        vfloat seen;
        seen.lo = *(const vfloat8_u *)(corner + (size_t)(2 * r) * map->size);
        seen.hi = *(const vfloat8_u *)(corner + (size_t)(2 * r + 1) * map->size);
        over[r] = seen - (plane + slope_y * (float)(2 * r));
        under += vmin(over[r], splat(0.f));
        blocked |= (uint64_t)mask_bits((vint)over[r]) << (16 * r);
    }
    if (blocked == 0) return 1.f;
    if (~blocked == 0) return 0.f;
    const float far = -sum16(under) / (float)__builtin_popcountll(blocked);
    const float width = fminf(fmaxf(far * sun_tan / map->texel_m, 1.25f), 3.3f) + 0.7f;
    const float narrow = 1.f / (width * width);
    const vfloat across = vmax(1.f - dx * dx * narrow, splat(0.f));
    vfloat lit = splat(0.f), total = splat(0.f);
    for (int r = 0; r < 4; r++) {
        const vfloat off = dy + (float)(2 * r);
        const vfloat weight = across * vmax(1.f - off * off * narrow, splat(0.f));
        total += weight;
        lit += as_float(as_int(weight) & ~negative(over[r]));
    }
    return sum16(lit) / sum16(total);
}

// Where the four by four pixels of a block lie close together on one flat thing, its corners tell
// the rest. Returns whether they did.
static int edge_by_corners(const ShadowMap *map, vfloat x, vfloat y, vfloat depth, vfloat tilt_x, vfloat tilt_y, float sun_tan, vfloat *visible) {
    const float near = 2.f, flat = 0.08f, level = 0.5f * map->texel_m;
    if (fabsf(x[15] - x[0]) > near || fabsf(x[12] - x[3]) > near || fabsf(y[15] - y[0]) > near || fabsf(y[12] - y[3]) > near) return 0;
    const vfloat across = {0.f, 1.f / 3.f, 2.f / 3.f, 1.f, 0.f, 1.f / 3.f, 2.f / 3.f, 1.f, 0.f, 1.f / 3.f, 2.f / 3.f, 1.f, 0.f, 1.f / 3.f, 2.f / 3.f, 1.f};
    const vfloat down = {0.f, 0.f, 0.f, 0.f, 1.f / 3.f, 1.f / 3.f, 1.f / 3.f, 1.f / 3.f, 2.f / 3.f, 2.f / 3.f, 2.f / 3.f, 2.f / 3.f, 1.f, 1.f, 1.f, 1.f};
#define BETWEEN(c0, c3, c12, c15) ((c0) + ((c3) - (c0)) * across + ((c12) - (c0) + ((c15) - (c12) - (c3) + (c0)) * across) * down)
    const vfloat off_x = x - BETWEEN(x[0], x[3], x[12], x[15]), off_y = y - BETWEEN(y[0], y[3], y[12], y[15]);
    const vfloat off_depth = depth - BETWEEN(depth[0], depth[3], depth[12], depth[15]);
    if (any((vabs(off_x) > flat) | (vabs(off_y) > flat) | (vabs(off_depth) > level))) return 0;
    float corner[4];
    static const int LANE[4] = {0, 3, 12, 15};
    for (int k = 0; k < 4; k++) {
        const int lane = LANE[k];
        corner[k] = soft_edge(map, x[lane], y[lane], depth[lane], tilt_x[lane], tilt_y[lane], sun_tan);
    }
    *visible = BETWEEN(corner[0], corner[1], corner[2], corner[3]);
#undef BETWEEN
    return 1;
}

// Points in the light's own axes, which all maps share: metres across, up and along the light, and
// the same of their normals.
typedef struct {
    vfloat across, up, along, normal_across, normal_up, normal_along;
    vfloat off;                // texels to step off the surface
    vfloat slope_x, slope_y;   // metres of depth gained per metre across and up
} Sunward;

INLINE Sunward turn_sunward(const ShadowMap *map, vec3 position, vec3 normal, vec3 light) {
    Sunward s;
    const float *right = map->to_x, *up = map->to_y, *deep = map->to_depth;
    const float texel = map->texel_m;
    s.across = (position.x * right[0] + position.y * right[1] + position.z * right[2]) * texel;
    s.up = (position.x * up[0] + position.y * up[1] + position.z * up[2]) * texel;
    s.along = position.x * deep[0] + position.y * deep[1] + position.z * deep[2];
    s.normal_across = (normal.x * right[0] + normal.y * right[1] + normal.z * right[2]) * texel;
    s.normal_up = (normal.x * up[0] + normal.y * up[1] + normal.z * up[2]) * texel;
    s.normal_along = normal.x * deep[0] + normal.y * deep[1] + normal.z * deep[2];
    const vfloat facing = vmax(dot3(normal, light), splat(0.05f)), inverse = 1.f / facing;
    // A little more than a texel, further where the light grazes.
    s.off = 1.f + 1.2f * vsqrt(vmax(1.f - facing * facing, splat(0.f)));
    s.slope_x = vclamp(s.normal_across * inverse, -6.f, 6.f);
    s.slope_y = vclamp(s.normal_up * inverse, -6.f, 6.f);
    return s;
}

// Share of the sun that reaches each wanted lane past one map.
static vfloat map_visibility(const ShadowMap *map, const int *drawn, const Sunward *s, vint wanted, float sun_tan) {
    const float texels = 1.f / map->texel_m;
    const vfloat x = s->across * texels + s->normal_across * s->off + map->to_x[3];
    const vfloat y = s->up * texels + s->normal_up * s->off + map->to_y[3];
    const float limit = (float)map->size - 5.f;
    // Cells outside of what was drawn are empty.
    const float low_x = fmaxf(5.f, (float)(drawn[0] * SHADOW_CELL)), high_x = fminf(limit, (float)((drawn[2] + 1) * SHADOW_CELL));
    const float low_y = fmaxf(5.f, (float)(drawn[1] * SHADOW_CELL)), high_y = fminf(limit, (float)((drawn[3] + 1) * SHADOW_CELL));
    const vint inside = wanted & (x > low_x) & (y > low_y) & (x < high_x) & (y < high_y);
    uint32_t left = mask_bits(inside);
    if (!left) return splat(1.f);
    const vfloat tilt_x = s->slope_x * map->texel_m, tilt_y = s->slope_y * map->texel_m;
    const vfloat near = s->along + (s->normal_along * s->off - 0.6f) * map->texel_m;
    const int cells = map->size / SHADOW_CELL;
    const vint column = to_int(vclamp(x, 0.f, limit)) >> 3, row = to_int(vclamp(y, 0.f, limit)) >> 3;
    const vint cell = row * cells + column;
    vint dark = splat_int(0), edge = splat_int(0);
    // The lanes lie in one cell or a few: each is looked at once.
    while (left) {
        const int number = cell[__builtin_ctz(left)];
        const vint mine = inside & (cell == number);
        left &= ~mask_bits(mine);
        const float *one = map->cells + (size_t)number * CELL_FLOATS;
        if (one[CELL_NEAREST] >= EMPTY_DEPTH) continue;
        const float middle_x = (float)(number % cells * SHADOW_CELL + 4), middle_y = (float)(number / cells * SHADOW_CELL + 4);
        const vfloat above = near - (one[0] + one[1] * (x - middle_x) + one[2] * (y - middle_y));
        // The window reaches 4.5 texels, over which the receiver leaves the cell's plane by so much.
        const vfloat reach = 4.5f * (vabs(tilt_x - one[1]) + vabs(tilt_y - one[2]));
        const vint shut = above - reach > one[4];
        dark |= mine & shut;
        edge |= mine & ~shut & (above + reach > one[3]);
    }
    vfloat visible = dark ? splat(0.f) : splat(1.f);
    left = mask_bits(edge);
    if (__builtin_popcount(left) > 4 && mask_bits(inside) == 0xffff &&
        edge_by_corners(map, x, y, near, tilt_x, tilt_y, sun_tan, &visible)) {
        return visible;
    }
    while (left) {
        const int lane = __builtin_ctz(left);
        left &= left - 1;
        visible[lane] = soft_edge(map, x[lane], y[lane], near[lane], tilt_x[lane], tilt_y[lane], sun_tan);
    }
    return visible;
}

INLINE vfloat sun_visibility(const ShadowMap *maps, const int (*drawn)[4], vec3 position, vec3 normal, vec3 light, vint wanted, float sun_tan) {
    vfloat visible = splat(1.f);
    if (!maps[0].enabled) return visible;
    const Sunward sunward = turn_sunward(&maps[0], position, normal, light);
    for (int m = 0; m < SHADOW_MAPS; m++) {
        if (!maps[m].enabled || !any(wanted)) continue;
        visible = vmin(visible, map_visibility(&maps[m], drawn[m], &sunward, wanted, sun_tan));
        wanted &= visible > 0.f;
    }
    return visible;
}
