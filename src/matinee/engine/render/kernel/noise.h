// The tiling noise texture: RGBA8 with mip levels, filtered, with the slope of one channel.
//
// Red is broad and cloudy, green is middling, blue is fine grain, alpha is cells.
#pragma once
#include "kernel.h"

typedef struct {
    vfloat broad, middle, fine, cells;
    vfloat slope_u, slope_v;  // of `middle`, per texel
} Noise;

// Where the mip level of a square texture of `size` begins whose rows are `width` wide. Every row ends
// with a copy of its first texel, so a level has w^2 + w texels, and those before it
// (4 size^2 - 4 w^2) / 3 + 2 size - 2 w; whole numbers below 2^24, so floats do.
INLINE vint mip_start(int size, vfloat width) {
    const float all = (float)(size * size) * (4.f / 3.f) + (float)(2 * size) + 0.5f;
    return to_int(all - width * (width * (4.f / 3.f) + 2.f));
}

// u and v count texture widths; `texels` is how many texels of the finest level a pixel covers.
static inline __attribute__((always_inline)) Noise sample_texture(const uint32_t *texture, int size, int levels,
                                                                  vfloat u, vfloat v, vfloat texels) {
    // The level is the whole part of log2(texels) + 0.35: the exponent of 1.2746 texels.
    const vint level = (as_int(vclamp(texels * 1.2745606f, 1.f, (float)(1 << (levels - 1)))) >> 23) - 127;
    const vint width = splat_int(size) >> level;
    const vint wrap = width - 1;
    const vfloat scale = to_float(width);
    const vint start = mip_start(size, scale);
    const vfloat x = fract(u) * scale, y = fract(v) * scale;
    const vfloat x_floor = vfloor(x), y_floor = vfloor(y);
    const vfloat fx = x - x_floor, fy = y - y_floor;
    const vint x0 = to_int(x_floor) & wrap, y0 = to_int(y_floor) & wrap;
    const vint pitch = width + 1, row0 = start + y0 * pitch, row1 = start + ((y0 + 1) & wrap) * pitch;
    vint p, q, r, s;
    gather_pairs(texture, row0 + x0, &p, &q);
    gather_pairs(texture, row1 + x0, &r, &s);
    const vfloat wy0 = (1.f - fy) * (1.f / 255.f), wy1 = fy * (1.f / 255.f);
    const vfloat w00 = (1.f - fx) * wy0, w10 = fx * wy0, w01 = (1.f - fx) * wy1, w11 = fx * wy1;
#define CHANNEL(c, shift) to_float(shift_right(c, shift) & 255)
#define FILTER(shift) (CHANNEL(p, shift) * w00 + CHANNEL(q, shift) * w10 + CHANNEL(r, shift) * w01 + CHANNEL(s, shift) * w11)
    Noise noise;
    noise.broad = FILTER(0);
    const vfloat gp = CHANNEL(p, 8), gq = CHANNEL(q, 8), gr = CHANNEL(r, 8), gs = CHANNEL(s, 8);
    noise.middle = gp * w00 + gq * w10 + gr * w01 + gs * w11;
    // Coarser levels are wider, so their slope for the same difference is smaller.
    const vfloat steep = as_float((127 - level) << 23) * (1.f / 255.f);
    noise.slope_u = ((gq - gp) * (1.f - fy) + (gs - gr) * fy) * steep;
    noise.slope_v = ((gr - gp) * (1.f - fx) + (gs - gq) * fx) * steep;
    noise.fine = FILTER(16);
    noise.cells = FILTER(24);
#undef CHANNEL
#undef FILTER
    return noise;
}

#define NOISE_LEVELS 9
#define CLOUD_LEVELS 10
