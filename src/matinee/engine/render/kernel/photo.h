// Photographs on surfaces. Where other vertices carry a colour, those of PHOTO and BACKDROP carry
// the place in the sheet of photographs, in widths of the sheet, and its texels to the metre.
//
// PHOTO is lit: the photograph is its albedo. BACKDROP shows the light that the photograph recorded,
// undoing the film curve, so that it is developed to itself; the share that is not emission falls
// with the light of the scene, which lets shadows fall on it.
#pragma once
#include "film.h"
#include "noise.h"

#define SHEET_SHARPER 0.75f

// sRGB to linear, error below 0.002 (Shannon-Hartley cubic of Chilli Ant 2012).
INLINE vfloat linear_of(vfloat v) { return v * (v * (v * 0.305306011f + 0.682171111f) + 0.012522878f); }

INLINE vec3 recorded_light(const Frame *frame, vec3 shown) {
    vec3 t = {0.8424791f * shown.x + 0.0784336f * shown.y + 0.0792237f * shown.z,
              0.0423282f * shown.x + 0.8784686f * shown.y + 0.0791661f * shown.z,
              0.0423757f * shown.x + 0.0784336f * shown.y + 0.8791430f * shown.z};
    const vfloat grey = 0.2126f * t.x + 0.7152f * t.y + 0.0722f * t.z;
    const float poorer = 1.f / (frame->saturation * BASE_SATURATION), contrast = frame->contrast * BASE_CONTRAST;
    const float gain = 1.f / frame->exposure;
    const vec3 l = {gain * undeveloped(grey + (t.x - grey) * poorer, contrast), gain * undeveloped(grey + (t.y - grey) * poorer, contrast),
                    gain * undeveloped(grey + (t.z - grey) * poorer, contrast)};
    return (vec3){1.1968790f * l.x - 0.0980209f * l.y - 0.0990297f * l.z, -0.0528969f * l.x + 1.1519031f * l.y - 0.0989612f * l.z,
                  -0.0529716f * l.x - 0.0980435f * l.y + 1.1510737f * l.z};
}

static void show_photo(const Frame *frame, const Geometry *g, Points *p) {
    if (!g->sheet) return;
    const vint lit = p->surface == PHOTO, recorded = p->surface == BACKDROP, either = lit | recorded;
    const Noise texel = sample_texture(g->sheet, g->sheet_size, g->sheet_levels, either ? p->albedo.x : splat(0.f), either ? p->albedo.y : splat(0.f),
                                       p->footprint * p->albedo.z * SHEET_SHARPER);
    const vec3 shown = {texel.broad, texel.middle, texel.fine};
    p->albedo = select3(lit, (vec3){linear_of(shown.x), linear_of(shown.y), linear_of(shown.z)}, p->albedo);
    if (!any(recorded)) return;
    const vec3 light = recorded_light(frame, shown);
    const float up = frame->sun_direction[1] > 0.f ? frame->sun_direction[1] : 0.f;
    vec3 caught = light;
    vfloat *share[3] = {&caught.x, &caught.y, &caught.z};
    for (int k = 0; k < 3; k++) *share[k] *= (1.f - p->emission) * (1.f / fmaxf(frame->sun_radiance[k] * up + frame->ambient_sky[k], 1e-4f));
    p->albedo = select3(recorded, caught, p->albedo);
    p->glow = select3(recorded, scale3(light, p->emission), p->glow);
    p->emission = recorded ? splat(0.f) : p->emission;
    p->f0 = select3(recorded, vec3_of(0.f, 0.f, 0.f), p->f0);
    p->roughness = recorded ? splat(1.f) : p->roughness;
}
