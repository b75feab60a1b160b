// What lies behind everything, and the haze in front of it.
#pragma once
#include "noise.h"

INLINE vfloat toward_sun(const Frame *frame, vec3 direction) {
    return vmax(dot3(direction, vec3_load(frame->sun_direction)), splat(0.f));
}

// The clear sky: a gradient, warmer towards the sun, ground colour below the horizon.
INLINE vec3 clear_sky(const Frame *frame, vec3 direction, vfloat sunward) {
    const vfloat height = vmax(direction.y, splat(0.f));
    const vfloat up = 1.f - vexp(height * -3.4f);
    const vfloat s2 = sunward * sunward, s4 = s2 * s2, s8 = s4 * s4;
    const vfloat low = 1.f - up;
    const vfloat glow = s2 * 0.035f + s8 * (0.10f * low + 0.05f) + s8 * s8 * s8 * s8 * 0.16f;
    const vfloat down = smoothstep(0.f, 0.22f, -direction.y);
    vec3 colour = mix3(vec3_load(frame->horizon), vec3_load(frame->zenith), up);
    colour = mad3(vec3_load(frame->sun_radiance), glow, colour);
    return mix3(colour, vec3_load(frame->ground), down);
}

// Light scattered into the eye by haze: its colour, and a glow around the sun.
INLINE vec3 haze_colour(const Frame *frame, vfloat sunward) {
    const vfloat s2 = sunward * sunward, s4 = s2 * s2;
    return mad3(vec3_load(frame->sun_radiance), s2 * 0.03f + s4 * s4 * 0.13f, vec3_load(frame->fog_colour));
}

// How much of a ray the haze covers. Height fog of density d exp(-k y), integrated along the ray
// (Quilez 2010); `rise` is the height gained over `distance` metres.
INLINE vfloat haze_cover(const Frame *frame, float eye_height, vfloat distance, vfloat rise) {
    const float base = frame->fog_density * expf(-frame->fog_falloff * fmaxf(eye_height, -20.f));
    const vfloat x = vclamp(rise * frame->fog_falloff, -20.f, 60.f);
    const vfloat flat = 1.f - 0.5f * x;
    const vfloat safe = vabs(x) < 1e-3f ? splat(1.f) : x;
    const vfloat mean = vabs(x) < 1e-3f ? flat : (1.f - vexp(-safe)) / safe;
    return 1.f - vexp(-base * distance * mean);
}

// What fills one direction: the light without stars, and the share of a star's light that gets through.
typedef struct {
    vec3 colour;
    vfloat clear;
} Sky;

// Clouds, disc and moon on top of the clear sky. `pixel_angle` is the width of a pixel.
static inline __attribute__((always_inline)) Sky sky_of(const Frame *frame, const Geometry *geometry, vec3 direction,
                                                        float eye_height, float pixel_angle) {
    const vec3 sun = vec3_load(frame->sun_radiance);
    const vfloat cosine = dot3(direction, vec3_load(frame->sun_direction));
    const vfloat sunward = vmax(cosine, splat(0.f));
    vec3 colour = clear_sky(frame, direction, sunward);
    const vfloat height = vmax(direction.y, splat(0.f));
    vfloat cloud = splat(0.f), clear = splat(1.f);
    vec3 cloud_colour = colour;
    if (frame->cloud_cover > 0.01f && any(direction.y > 0.004f)) {
        // A flat layer seen from below, bent down a little so that the horizon is not infinite.
        const vfloat reach = 1.f / (height + 0.10f);
        const vfloat u = direction.x * reach * 0.16f + frame->time_s * frame->cloud_drift[0];
        const vfloat v = direction.z * reach * 0.16f + frame->time_s * frame->cloud_drift[1];
        const vfloat texels = reach * reach * (pixel_angle * 0.16f * CLOUD_SIZE);
        const Noise layer = sample_texture(frame->clouds, CLOUD_SIZE, CLOUD_LEVELS, u, v, texels);
        cloud = layer.broad * smoothstep(0.005f, 0.16f, direction.y);
        const vfloat s4 = sunward * sunward * sunward * sunward;
        const vfloat s32 = s4 * s4 * s4 * s4 * s4 * s4 * s4 * s4;
        // Thin edges towards the sun light up: the silver lining.
        const vfloat lining = s32 * (1.f - cloud) * 1.6f;
        const vfloat lit = layer.middle * (0.30f + 0.30f * s4) + lining;
        const vec3 shade = add3(scale3(mix3(vec3_load(frame->horizon), vec3_load(frame->zenith), splat(0.4f)), splat(0.55f)),
                                scale3(vec3_load(frame->ambient_sky), splat(0.35f)));
        cloud_colour = mad3(sun, lit, scale3(shade, 0.55f + 0.45f * layer.fine));
    }
    if (frame->disc > 0.f) {
        // Angular distance from the small-angle form of the cosine.
        const vfloat angle = vsqrt(vmax(2.f - 2.f * cosine, splat(0.f)));
        const float radius = frame->moon > 0.f ? 0.022f : 0.012f;
        const vfloat edge = saturate((radius - angle) * (1.f / fmaxf(pixel_angle * 1.5f, 0.0006f)) + 0.5f) * frame->disc;
        const vfloat veil = 1.f - cloud * 0.93f;
        if (frame->moon > 0.f) {
            if (any(edge > 0.f)) {
                const vfloat mu = (direction.x - direction.z) * 6.f, mv = direction.y * 9.f;
                const Noise seas = sample_texture(geometry->noise, NOISE_SIZE, NOISE_LEVELS, mu, mv, splat(1.f));
                const vfloat face = 0.55f + 0.6f * smoothstep(0.38f, 0.62f, seas.broad) + 0.25f * (seas.middle - 0.5f);
                const vec3 pale = vec3_of(2.1f, 2.05f, 1.9f);
                colour = mix3(colour, scale3(pale, face), edge * frame->moon);
                clear = 1.f - edge * frame->moon;
            }
            const vfloat halo = vexp(angle * -14.f) * 0.10f + vexp(angle * -70.f) * 0.22f;
            colour = mad3(vec3_of(0.75f, 0.85f, 1.f), halo * frame->moon * frame->disc * veil, colour);
        } else {
            const vfloat flare = vexp(angle * -9.f) * 0.10f + vexp(angle * -45.f) * 0.6f;
            colour = mad3(sun, (edge * 14.f + flare * frame->disc), colour);
        }
    }
    cloud = saturate(cloud);
    colour = mix3(colour, cloud_colour, cloud);
    const vfloat haze = haze_cover(frame, eye_height, splat(6000.f), height * 6000.f) * smoothstep(-0.4f, -0.02f, direction.y);
    return (Sky){mix3(colour, haze_colour(frame, sunward), haze), clear * (1.f - cloud) * (1.f - haze)};
}

// Light of the stars before clouds and haze: one star in some cells of an octahedral grid over the
// upper half of the sky.
static inline vec3 stars_of(const Frame *frame, vec3 direction, float pixel_angle) {
    const vfloat sum = 1.f / (vabs(direction.x) + vabs(direction.y) + vabs(direction.z));
    const vfloat u = (direction.x + direction.z) * sum * 130.f, v = (direction.z - direction.x) * sum * 130.f;
    const vfloat cell_u = vfloor(u), cell_v = vfloor(v);
    const vint h = hash_lanes(to_int(cell_u) + 4096, to_int(cell_v) + 9001);
    const vfloat pick = unit_of(h), place = unit_of(h * 747796405), other = unit_of(h * 289133645);
    const vfloat du = u - cell_u - 0.15f - 0.7f * place, dv = v - cell_v - 0.15f - 0.7f * other;
    const float width = fmaxf(pixel_angle * 130.f * 0.62f, 0.028f);
    const vfloat spot = vexp((du * du + dv * dv) * (-1.f / (width * width)));
    const vfloat bright = saturate((pick - 0.80f) * 5.f), b2 = bright * bright, b8 = b2 * b2 * b2 * b2;
    const vfloat magnitude = b8 * b8 * 2.6f + b8 * 0.30f + 0.06f * bright;
    const vfloat star = magnitude * spot * smoothstep(0.02f, 0.35f, direction.y) * frame->stars;
    return (vec3){star * (0.8f + 0.3f * place), star * 0.92f, star * (1.15f - 0.35f * place)};
}

// Clouds and haze are smooth at the size of a few pixels: the sky is worked out at the corners of the
// blocks of a tile and interpolated, except around the disc.
#define LATTICE_X (TILE_BLOCKS_X + 1)
#define LATTICE_Y (TILE_HEIGHT / 4 + 1)
#define LATTICE_ROOM ((LATTICE_X * LATTICE_Y + LANES - 1) / LANES * LANES)
#define DISC_COSINE 0.9982f  // 3.4 degrees, several times the radius of the disc

typedef struct {
    float red[LATTICE_ROOM], green[LATTICE_ROOM], blue[LATTICE_ROOM], clear[LATTICE_ROOM];
} __attribute__((aligned(64))) SkyLattice;

static void lay_sky(SkyLattice *lattice, const Frame *frame, const Geometry *geometry, const View *view, int tile_x, int tile_y) {
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int at = 0; at < LATTICE_ROOM; at += LANES) {
        // (n * 241) >> 12 is n / 17 for n below 255.
        const vint number = lane + at, row = shift_right(number * 241, 12), column = number - row * LATTICE_X;
        const vfloat x = to_float(column * 4 + tile_x), y = to_float(row * 4 + tile_y);
        const vec3 ray = normalize3((vec3){view->ray[0] + x * view->ray_x[0] + y * view->ray_y[0], view->ray[1] + x * view->ray_x[1] + y * view->ray_y[1],
                                           view->ray[2] + x * view->ray_x[2] + y * view->ray_y[2]});
        const Sky sky = sky_of(frame, geometry, ray, view->eye[1], view->pixel_angle);
        *(vfloat *)(lattice->red + at) = sky.colour.x;
        *(vfloat *)(lattice->green + at) = sky.colour.y;
        *(vfloat *)(lattice->blue + at) = sky.colour.z;
        *(vfloat *)(lattice->clear + at) = sky.clear;
    }
}

INLINE vfloat between_corners(const float *corner) {
    const vfloat across = {0.125f, 0.375f, 0.625f, 0.875f, 0.125f, 0.375f, 0.625f, 0.875f, 0.125f, 0.375f, 0.625f, 0.875f, 0.125f, 0.375f, 0.625f, 0.875f};
    const vfloat down = {0.125f, 0.125f, 0.125f, 0.125f, 0.375f, 0.375f, 0.375f, 0.375f, 0.625f, 0.625f, 0.625f, 0.625f, 0.875f, 0.875f, 0.875f, 0.875f};
    const float right = corner[1] - corner[0], below = corner[LATTICE_X] - corner[0];
    return (corner[0] + right * across) + (below + (corner[LATTICE_X + 1] - corner[LATTICE_X] - right) * across) * down;
}

// The sky behind one block of a tile whose lattice was laid; `ray` is of unit length.
static vec3 full_sky(const SkyLattice *lattice, const Frame *frame, const Geometry *geometry, const View *view, int block, vec3 ray) {
    Sky sky;
    if (frame->disc > 0.f && any(dot3(ray, vec3_load(frame->sun_direction)) > DISC_COSINE)) {
        sky = sky_of(frame, geometry, ray, view->eye[1], view->pixel_angle);
    } else {
        const int corner = block / TILE_BLOCKS_X * LATTICE_X + block % TILE_BLOCKS_X;
        sky.colour = (vec3){between_corners(lattice->red + corner), between_corners(lattice->green + corner), between_corners(lattice->blue + corner)};
        sky.clear = between_corners(lattice->clear + corner);
    }
    if (frame->stars > 0.01f && any(ray.y > 0.f)) sky.colour = mad3(stars_of(frame, ray, view->pixel_angle), sky.clear, sky.colour);
    return sky.colour;
}
