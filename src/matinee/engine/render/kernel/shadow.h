// Is the sun seen from here? Depth maps with an edge as wide as the sun makes it.
#pragma once
#include "kernel.h"

INLINE float sum8(vfloat8 a) {
    const vfloat4 half = a.lo + a.hi;
    return (half.x + half.y) + (half.z + half.w);
}

// One pixel on the edge of a shadow: an 8 by 8 window, first to see how far away the blockers are,
// then as a filter of the width that the sun's size gives at that distance (Fernando 2005). The
// receiver's slope tilts the compared depth, so that grazing light leaves no stripes.
static float soft_edge(const ShadowMap *map, float x, float y, float depth, float slope_x, float slope_y, float sun_tan) {
    const float u = x - 0.5f, v = y - 0.5f;
    const int column = (int)floorf(u) - 3, row = (int)floorf(v) - 3;
    const vfloat8 step = {0, 1, 2, 3, 4, 5, 6, 7};
    const vfloat8 dx = step - (3.f + u - floorf(u));
    const float dy = -(3.f + v - floorf(v));
    const vfloat8 plane = depth + slope_x * dx;
    const float *corner = map->depth + (size_t)row * map->size + column;
    vfloat8 gap_sum = (vfloat8)(0.f), count = (vfloat8)(0.f), gaps[8];
    for (int r = 0; r < 8; r++) {
        const vfloat8 gap = (plane + slope_y * (dy + (float)r)) - *(const vfloat8_u *)(corner + (size_t)r * map->size);
        gaps[r] = gap;
        const vint8 blocked = gap > 0.f;
        gap_sum += blocked ? gap : (vfloat8)(0.f);
        count += blocked ? (vfloat8)(1.f) : (vfloat8)(0.f);
    }
    const float blockers = sum8(count);
    if (blockers == 0.f) return 1.f;
    if (blockers == 64.f) return 0.f;
    const float far = sum8(gap_sum) / blockers;
    const float width = fminf(fmaxf(far * sun_tan / map->texel_m, 1.25f), 3.3f) + 0.7f;
    const float narrow = 1.f / (width * width);
    vfloat8 across = 1.f - dx * dx * narrow;
    across = __builtin_elementwise_max(across, (vfloat8)(0.f));
    vfloat8 lit = (vfloat8)(0.f);
    float down_sum = 0.f;
    for (int r = 0; r < 8; r++) {
        const float down = fmaxf(1.f - (dy + (float)r) * (dy + (float)r) * narrow, 0.f);
        lit += gaps[r] > 0.f ? (vfloat8)(0.f) : across * down;
        down_sum += down;
    }
    return sum8(lit) / (sum8(across) * down_sum);
}

// Share of the sun that reaches each wanted lane past one map.
static vfloat map_visibility(const ShadowMap *map, vec3 position, vec3 normal, vec3 light, vint wanted, float sun_tan) {
    const vfloat facing = vmax(dot3(normal, light), splat(0.05f));
    // Step off the surface by a little more than a texel, further where the light grazes.
    const vec3 p = mad3(normal, map->texel_m * (1.f + 1.2f * vsqrt(vmax(1.f - facing * facing, splat(0.f)))), position);
    const vfloat x = p.x * map->to_x[0] + p.y * map->to_x[1] + p.z * map->to_x[2] + map->to_x[3];
    const vfloat y = p.x * map->to_y[0] + p.y * map->to_y[1] + p.z * map->to_y[2] + map->to_y[3];
    const vfloat depth = p.x * map->to_depth[0] + p.y * map->to_depth[1] + p.z * map->to_depth[2] + map->to_depth[3];
    const float limit = (float)map->size - 5.f;
    const vint inside = wanted & (x > 5.f) & (y > 5.f) & (x < limit) & (y < limit);
    if (!any(inside)) return splat(1.f);
    const int cells = map->size / SHADOW_CELL;
    const vint column = to_int(vclamp(x, 0.f, limit)) >> 3, row = to_int(vclamp(y, 0.f, limit)) >> 3;
    const vint cell = (row * cells + column) * CELL_FLOATS;
    // Depth gained per texel across the receiver.
    const float square = map->texel_m * map->texel_m;
    const vfloat slope_x = (normal.x * map->to_x[0] + normal.y * map->to_x[1] + normal.z * map->to_x[2]) / facing;
    const vfloat slope_y = (normal.x * map->to_y[0] + normal.y * map->to_y[1] + normal.z * map->to_y[2]) / facing;
    const vfloat tilt_x = vclamp(slope_x * square, -6.f * map->texel_m, 6.f * map->texel_m);
    const vfloat tilt_y = vclamp(slope_y * square, -6.f * map->texel_m, 6.f * map->texel_m);
    const vfloat near = depth - 0.6f * map->texel_m;
    const vfloat plane_x = gather_float(map->cells + 1, cell), plane_y = gather_float(map->cells + 2, cell);
    const vfloat above = near - (gather_float(map->cells, cell) + plane_x * (x - to_float(column * 8 + 4)) + plane_y * (y - to_float(row * 8 + 4)));
    // The window reaches 4.5 texels, over which the receiver leaves the cell's plane by so much.
    const vfloat reach = 4.5f * (vabs(tilt_x - plane_x) + vabs(tilt_y - plane_y));
    const vint dark = inside & (above - reach > gather_float(map->cells + 4, cell));
    const vint edge = inside & ~dark & (above + reach > gather_float(map->cells + 3, cell));
    vfloat visible = dark ? splat(0.f) : splat(1.f);
    uint32_t left = mask_bits(edge);
    while (left) {
        const int lane = __builtin_ctz(left);
        left &= left - 1;
        visible[lane] = soft_edge(map, x[lane], y[lane], near[lane], tilt_x[lane], tilt_y[lane], sun_tan);
    }
    return visible;
}

INLINE vfloat sun_visibility(const ShadowMap *maps, vec3 position, vec3 normal, vec3 light, vint wanted, float sun_tan) {
    vfloat visible = splat(1.f);
    for (int m = 0; m < SHADOW_MAPS; m++) {
        if (!maps[m].enabled || !any(wanted)) continue;
        visible = vmin(visible, map_visibility(&maps[m], position, normal, light, wanted, sun_tan));
        wanted &= visible > 0.f;
    }
    return visible;
}
