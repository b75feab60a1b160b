// How light becomes tone, and which light a tone was.
#pragma once
#include "simd.h"

#define BASE_CONTRAST 1.32f
#define BASE_SATURATION 1.15f
#define DARKEST -12.47393f  // log2 of the light at the ends of the curve
#define LIGHT_RANGE 16.5f
#define MIDDLE 0.6060f

INLINE vfloat density(vfloat x) {
    const vfloat x2 = x * x, x4 = x2 * x2;
    return 15.5f * x4 * x2 - 40.14f * x4 * x + 31.96f * x4 - 6.868f * x2 * x + 0.4298f * x2 + 0.1191f * x - 0.00232f;
}

// The film curve: AgX of Troy Sobotka, by the polynomial of Benjamin Wrensch (2023). It works on the
// logarithm of light, so that bright colours pale as on film instead of turning to pure hues.
INLINE vfloat film_curve(vfloat light, float contrast) {
    vfloat x = (vlog2(vmax(light, splat(1e-7f))) - DARKEST) * (1.f / LIGHT_RANGE);
    x = saturate((x - MIDDLE) * contrast + MIDDLE);
    return density(x);
}

// The light that the film curve makes `tone` of: four steps of Newton, error in tone below 0.0001.
INLINE vfloat undeveloped(vfloat tone, float contrast) {
    tone = saturate(tone);
    vfloat x = 0.15f + 0.7f * tone;
    for (int step = 0; step < 4; step++) {
        const vfloat x2 = x * x, x3 = x2 * x;
        const vfloat slope = 93.f * x3 * x2 - 200.7f * x3 * x + 127.84f * x3 - 20.604f * x2 + 0.8596f * x + 0.1191f;
        x = saturate(x - vclamp((density(x) - tone) / vmax(slope, splat(0.12f)), -0.2f, 0.2f));
    }
    return vexp2(((x - MIDDLE) * (1.f / contrast) + MIDDLE) * LIGHT_RANGE + DARKEST);
}
