// What lamps and the sun give to a point, and to the haze before it.
#pragma once
#include "surface.h"

// Highlight of a light: GGX with the cheap visibility term of Karis (2013), times pi. `raw` and `eye`
// are the cosines of the light and the eye with the normal. The vector half way between unit vectors
// that enclose the angle t is sqrt(2 + 2 cos t) long, so it need not be worked out; `square` is the
// square of its cosine with either.
INLINE vfloat highlight(vfloat raw, vfloat eye, vfloat square, vfloat roughness) {
    const vfloat both = vmax(raw + eye, splat(0.f)), length = vmax(square * 4.f, splat(1e-6f));
    const vfloat a = roughness * roughness, a2 = a * a;
    const vfloat d = both * both * (a2 - 1.f) + 1.0001f * length;
    return vmin(a2 * length * length / (d * d * vmax(square, splat(0.1f)) * (4.f * roughness + 2.f)), splat(60.f));
}

// Hair: a highlight across strands that run downwards (Kajiya and Kay 1989), in two shifted lobes.
// `body` is the second lobe, which passed through the strand and took its colour.
INLINE vfloat hair_highlight(vec3 tangent, vec3 to_eye, vec3 light, vfloat *body) {
    const vec3 half = normalize3(add3(light, to_eye));
    const vfloat t1 = dot3(tangent, half) + 0.10f, t2 = dot3(tangent, half) - 0.14f;
    const vfloat s1 = saturate(1.f - t1 * t1), s2 = saturate(1.f - t2 * t2);
    const vfloat p4 = s1 * s1 * s1 * s1, q2 = s2 * s2, p16 = p4 * p4 * p4 * p4, q8 = q2 * q2 * q2 * q2;
    *body = q8 * 0.10f;
    return p16 * p16 * p16 * 0.35f;
}

typedef struct {
    vec3 diffuse, gloss;
} Lit;

// Add one light that arrives along `light` with `colour` (already dimmed by shadow and distance).
static inline __attribute__((always_inline)) void add_light(Lit *lit, const Points *p, vec3 light, vec3 colour, uint32_t present, vec3 tangent) {
    const vec3 to_eye = scale3(p->view, splat(-1.f));
    const vfloat raw = dot3(p->normal, light);
    const vfloat front = saturate(raw);
    vfloat red = front, green = front, blue = front;
    if (present & (BIT(SKIN) | BIT(FOLIAGE) | BIT(GRASS) | BIT(SNOW) | BIT(EYE))) {
        // Light that enters and comes out a little further: red travels furthest in skin.
        const vfloat k = p->through;
        const vint flesh = p->surface == SKIN;
        const vfloat wrap_r = flesh ? k * 0.25f : k * 0.55f, wrap_g = flesh ? k * 0.19f : k * 0.55f, wrap_b = flesh ? k * 0.17f : k * 0.5f;
        red = saturate((raw + wrap_r) / ((1.f + wrap_r) * (1.f + wrap_r)));
        green = saturate((raw + wrap_g) / ((1.f + wrap_g) * (1.f + wrap_g)));
        blue = saturate((raw + wrap_b) / ((1.f + wrap_b) * (1.f + wrap_b)));
        if (present & (BIT(FOLIAGE) | BIT(GRASS))) {
            // Leaves glow against the light.
            const vfloat behind = saturate(dot3(p->view, light));
            const vfloat b4 = behind * behind * behind * behind;
            const vint leaf = (p->surface == FOLIAGE) | (p->surface == GRASS);
            const vfloat glow = leaf ? b4 * k * 0.5f + saturate(-raw) * k * 0.22f : splat(0.f);
            red += glow;
            green += glow * 1.15f;
            blue += glow * 0.35f;
        }
    }
    lit->diffuse = add3(lit->diffuse, (vec3){colour.x * red, colour.y * green, colour.z * blue});
    // Of the light with the direction half way to the eye.
    const vfloat square = saturate(0.5f + 0.5f * dot3(light, to_eye));
    vfloat shine = highlight(raw, dot3(p->normal, to_eye), square, vmax(p->roughness, splat(0.07f))) * front;
    if (present & BIT(HAIR)) {
        const vint hair = p->surface == HAIR;
        const vfloat reached = saturate(raw * 0.7f + 0.3f);
        vfloat body;
        const vfloat strands = hair_highlight(tangent, to_eye, light, &body) * reached * 2.8f;
        shine = hair ? strands : shine;
        const vfloat warm = hair ? body * reached * 2.5f : splat(0.f);
        lit->diffuse = mad3(colour, warm, lit->diffuse);
    }
    const vfloat grazing = 1.f - vsqrt(square);
    const vfloat g2 = grazing * grazing, schlick = g2 * g2 * grazing;
    const vec3 fresnel = mad3(sub3(vec3_of(1.f, 1.f, 1.f), p->f0), schlick, p->f0);
    lit->gloss = add3(lit->gloss, mul3(mul3(colour, fresnel), (vec3){shine, shine, shine}));
}

static void add_lamps(Lit *lit, const Points *p, const Frame *frame, uint32_t present, vec3 tangent) {
    for (int k = 0; k < frame->lamp_count; k++) {
        const Lamp *lamp = &frame->lamps[k];
        const vec3 away = sub3(vec3_load(lamp->position), p->position);
        const vfloat square = dot3(away, away);
        const vint reached = (square < lamp->radius_m * lamp->radius_m) & p->valid;
        if (!any(reached)) continue;
        const vfloat inverse = vrsqrt(vmax(square, splat(1e-4f)));
        const vec3 light = scale3(away, inverse);
        const vfloat share = square * (1.f / (lamp->radius_m * lamp->radius_m));
        const vfloat window = saturate(1.f - share * share);
        vfloat strength = window * window / vmax(square, splat(0.02f));
        if (lamp->cos_outer > -1.5f) {
            const vfloat along = -dot3(light, vec3_load(lamp->direction));
            const vfloat inside = saturate((along - lamp->cos_outer) * (1.f / fmaxf(lamp->cos_inner - lamp->cos_outer, 1e-4f)));
            strength *= inside * inside * (3.f - 2.f * inside);
        }
        strength = reached ? strength : splat(0.f);
        // Most of what a spot could reach lies outside its cone.
        if (!any(strength > 0.f)) continue;
        add_light(lit, p, light, scale3(vec3_load(lamp->radiance), strength), present, tangent);
    }
}

// The angle whose tangent is x, error below 0.002 (Rajan et al. 2006), for any x by reflection.
INLINE vfloat arctangent(vfloat x) {
    const vfloat size = vabs(x), inverse = 1.f / vmax(size, splat(1.f)), small = vmin(size, splat(1.f));
    const vfloat t = size > 1.f ? inverse : small;
    const vfloat angle = t * (0.7853982f + (1.f - t) * (0.2447f + 0.0663f * t));
    const vfloat whole = size > 1.f ? 1.5707963f - angle : angle;
    return x < 0.f ? -whole : whole;
}

// Light of lamps scattered into the eye on the way to a point `distance` away: the airlight integral
// of a point source in even haze, which has a closed form (Lecocq 2000). It is what makes street
// lamps glow in rain and spots show their beams.
static vec3 lamp_glow(const Frame *frame, const float *eye, vec3 direction, vfloat distance) {
    vec3 sum = vec3_of(0.f, 0.f, 0.f);
    for (int k = 0; k < frame->lamp_count; k++) {
        const Lamp *lamp = &frame->lamps[k];
        if (lamp->haze <= 0.f) continue;
        const vec3 from_lamp = vec3_of(eye[0] - lamp->position[0], eye[1] - lamp->position[1], eye[2] - lamp->position[2]);
        const vfloat along = dot3(from_lamp, direction);
        // Not nearer than half a metre: many lamps stand for light without a visible source.
        const vfloat square = vmax(dot3(from_lamp, from_lamp) - along * along, splat(0.25f));
        const vfloat reach = saturate(1.f - square * (1.f / (lamp->radius_m * lamp->radius_m)));
        if (!any(reach > 0.f)) continue;
        float share = 0.04f;
        vfloat inside = splat(1.f);
        if (lamp->cos_outer > -1.5f) {
            share = 0.12f;
            // In a cone, as far as the nearest point of the ray lies in it.
            const vfloat nearest = vmin(vmax(-along, splat(0.f)), distance);
            const vec3 there = mad3(direction, nearest, from_lamp);
            const vfloat cosine = dot3(there, vec3_load(lamp->direction)) * vrsqrt(dot3(there, there) + 1e-6f);
            inside = saturate((cosine - lamp->cos_outer) * (1.f / fmaxf(lamp->cos_inner - lamp->cos_outer, 1e-4f)));
            if (!any(inside > 0.f)) continue;
        }
        const vfloat inverse = vrsqrt(square);
        const vfloat path = inside * (arctangent((distance + along) * inverse) - arctangent(along * inverse)) * inverse * lamp->haze;
        sum = mad3(vec3_load(lamp->radiance), path * reach * reach * share, sum);
    }
    return scale3(sum, splat(fminf(frame->fog_density, 0.03f)));
}
