// What surfaces look like close up: pattern, grain and gloss of each kind.
#pragma once
#include "noise.h"

// Sixteen visible points, all of whose properties the kinds of surface may refine.
typedef struct {
    vec3 position, rest, normal, smooth_normal, view, albedo, light, glow, f0;
    vfloat occlusion, roughness, emission, distance, footprint;
    vfloat through;   // how far light wraps round and shines through, 0..1
    vfloat sheen;     // bright fuzz at grazing angles
    vfloat mirror;    // how much of the mirror image a level surface shows before Fresnel
    vfloat ripple_x, ripple_z;
    vint surface, axis, valid;
} Points;

typedef struct {
    float coarse_m, fine_m;     // width of the noise tile in two sizes
    float broad, middle, fine;  // how much each band changes brightness
    float bump;                 // height of the relief against its width
} Texture;

// Metres per tile are chosen so that the eye meets no repeats: the two sizes have no common measure.
static const Texture TEXTURES[] = {
    [PLAIN] = {7.f, 1.3f, 0.00f, 0.00f, 0.00f, 0.0f},    [STONE] = {9.1f, 1.37f, 0.30f, 0.16f, 0.08f, 1.1f},
    [SAND] = {17.f, 2.3f, 0.18f, 0.12f, 0.16f, 1.0f},    [EARTH] = {8.3f, 1.9f, 0.40f, 0.32f, 0.18f, 1.7f},
    [GRASS] = {11.f, 0.83f, 0.45f, 0.50f, 0.35f, 1.8f},  [FOLIAGE] = {5.3f, 0.71f, 0.45f, 0.50f, 0.25f, 2.0f},
    [WOOD] = {3.7f, 0.9f, 0.25f, 0.18f, 0.08f, 0.6f},    [PLASTER] = {6.1f, 0.77f, 0.16f, 0.035f, 0.03f, 0.22f},
    [BRICK] = {5.7f, 0.61f, 0.25f, 0.22f, 0.12f, 1.4f},  [TILES] = {4.9f, 1.1f, 0.10f, 0.06f, 0.03f, 0.15f},
    [ASPHALT] = {7.9f, 0.67f, 0.30f, 0.14f, 0.30f, 1.3f},[FACADE] = {13.f, 2.1f, 0.20f, 0.06f, 0.03f, 0.18f},
    [CLOTH] = {0.61f, 0.047f, 0.10f, 0.12f, 0.18f, 0.5f},[SKIN] = {0.29f, 0.041f, 0.10f, 0.06f, 0.05f, 0.22f},
    [HAIR] = {0.21f, 0.037f, 0.20f, 0.30f, 0.20f, 0.5f}, [EYE] = {1.f, 1.f, 0.f, 0.f, 0.f, 0.f},
    [METAL] = {1.9f, 0.31f, 0.10f, 0.06f, 0.05f, 0.12f}, [GLASS] = {3.f, 1.f, 0.f, 0.f, 0.f, 0.f},
    [WATER] = {7.3f, 1.9f, 0.f, 0.f, 0.f, 0.f},          [SCREEN] = {3.f, 1.f, 0.f, 0.f, 0.f, 0.f},
    [SNOW] = {8.7f, 1.1f, 0.05f, 0.04f, 0.06f, 0.8f},    [PAINT] = {3.f, 0.4f, 0.f, 0.f, 0.02f, 0.03f},
    [CLAY] = {1.9f, 0.62f, 0.12f, 0.06f, 0.03f, 1.9f},   [PHOTO] = {1.f, 1.f, 0.f, 0.f, 0.f, 0.f},
    [BACKDROP] = {1.f, 1.f, 0.f, 0.f, 0.f, 0.f},
};

#define BIT(kind) (1u << (kind))
#define UNTEXTURED (BIT(PLAIN) | BIT(EYE) | BIT(GLASS) | BIT(SCREEN) | BIT(PHOTO) | BIT(BACKDROP))
#define ON(kind) (p->surface == (kind))

INLINE void tint(Points *p, vint mask, vfloat factor) {
    p->albedo = select3(mask, scale3(p->albedo, factor), p->albedo);
}

// How dark a joint between tiles is at distance `from_edge` (metres): 1 in the joint, fading as the
// joint gets thinner than a pixel.
INLINE vfloat joint(vfloat from_edge, float half_width, vfloat footprint) {
    const vfloat soft = vmax(footprint, splat(half_width * 0.5f));
    return saturate((half_width - from_edge) / soft + 0.5f) * vmin(splat(half_width * 2.f) / vmax(footprint, splat(half_width)), splat(1.f));
}

// Courses of blocks, each row shifted by half: the distance to the nearest joint and a random value
// for the block.
INLINE vfloat courses(vfloat u, vfloat v, float width, float height, float shift, vint *block) {
    const vfloat row = v * (1.f / height), row_floor = vfloor(row);
    const vfloat column = u * (1.f / width) + row_floor * shift, column_floor = vfloor(column);
    *block = hash_lanes(to_int(column_floor) + 7001, to_int(row_floor) + 3001);
    const vfloat fu = column - column_floor, fv = row - row_floor;
    return vmin(vmin(fu, 1.f - fu) * width, vmin(fv, 1.f - fv) * height);
}

static void detail_masonry(Points *p, vfloat u, vfloat v, Noise coarse) {
    vint block;
    const vint upright = p->axis != 1;
    if (any(ON(STONE))) {
        const vfloat edge = courses(u, v, 1.15f, 0.52f, 0.47f, &block);
        const vfloat line = joint(edge, 0.011f, p->footprint);
        const vfloat worn = saturate(0.35f + 1.3f * coarse.middle);
        const vfloat tone = 0.86f + 0.28f * unit_of(block);
        tint(p, ON(STONE), tone * (1.f - 0.5f * line * worn));
    }
    if (any(ON(BRICK))) {
        const vfloat edge = courses(u, v, 0.235f, 0.078f, 0.5f, &block);
        const vfloat line = joint(edge, 0.0055f, p->footprint);
        const vfloat tone = 0.72f + 0.5f * unit_of(block);
        const vfloat redder = unit_of(block * 97) * 0.16f;
        const vint on = ON(BRICK);
        const vec3 fired = {p->albedo.x * tone * (1.f + redder), p->albedo.y * tone, p->albedo.z * tone * (1.f - redder)};
        const vec3 mortar = mix3(p->albedo, vec3_of(0.42f, 0.40f, 0.37f), splat(0.75f));
        p->albedo = select3(on, mix3(fired, mortar, line * 0.9f), p->albedo);
    }
    if (any(ON(TILES))) {
        const vfloat edge = courses(u, v, 0.30f, 0.30f, 0.f, &block);
        const vfloat line = joint(edge, 0.0035f, p->footprint);
        const vint on = ON(TILES);
        tint(p, on, (0.94f + 0.12f * unit_of(block)) * (1.f - 0.45f * line));
        p->roughness = on ? mix(p->roughness, splat(0.8f), line) : p->roughness;
    }
    if (any(ON(WOOD))) {
        // Boards run along v on the floor and along u on walls; every board has its own grain.
        const vfloat along = upright ? v : v, across = u;
        const vfloat board = across * (1.f / 0.145f), number = vfloor(board);
        const vint h = hash_lanes(to_int(number) + 512, splat_int(77));
        const vfloat from_edge = vmin(board - number, number + 1.f - board) * 0.145f;
        const vfloat line = joint(from_edge, 0.0022f, p->footprint);
        const vfloat rings = sin_turns(across * 21.f + coarse.broad * 5.f + unit_of(h) * 9.f + sin_turns(along * 0.31f) * 0.35f);
        const vfloat fade = saturate(1.6f - p->footprint * 90.f);
        const vint on = ON(WOOD);
        tint(p, on, (0.86f + 0.24f * unit_of(h)) * (1.f + 0.10f * rings * fade) * (1.f - 0.55f * line));
        p->roughness = on ? saturate(p->roughness + 0.08f * rings * fade) : p->roughness;
    }
}

// Floors of 3.3 m and bays of 2.1 m: frame, glass, and behind some of them a lit room.
static void detail_facade(const Frame *frame, Points *p, vfloat u, vfloat v) {
    const vint on = ON(FACADE) & (p->axis != 1);
    if (!any(on)) return;
    const float bay = 2.1f, storey = 3.3f;
    const vfloat column = u * (1.f / bay), floor_v = v * (1.f / storey);
    const vfloat column_floor = vfloor(column), floor_floor = vfloor(floor_v);
    const vfloat fu = (column - column_floor) * bay, fv = (floor_v - floor_floor) * storey;
    const vfloat plane = p->axis == 0 ? p->rest.x : p->rest.z;
    const vint h = hash_lanes(to_int(column_floor) + 3001 + to_int(plane * 0.21f) * 57, to_int(floor_floor) + 911);
    const vfloat soft = vmax(p->footprint, splat(0.004f));
    // Inside the opening where all four distances are positive.
    const vfloat inside = vmin(vmin(fu - 0.42f, 1.68f - fu), vmin(fv - 0.85f, 2.65f - fv));
    const vfloat open = saturate(inside / soft + 0.5f);
    const vfloat bars = vmin(vabs(fu - 1.05f), vabs(fv - 2.05f));
    const vfloat pane = saturate((vmin(inside, bars) - 0.035f) / soft + 0.5f);
    const vfloat ledge = saturate((0.05f - vabs(fv - 0.80f)) / soft + 0.5f) * saturate((vmin(fu - 0.34f, 1.76f - fu)) / soft + 0.5f);
    const vfloat band = saturate((0.09f - vabs(fv - 0.10f)) / soft + 0.5f);
    const vec3 wall = p->albedo;
    vec3 colour = scale3(wall, 1.f + 0.22f * band + 0.25f * ledge);
    colour = mix3(colour, scale3(wall, splat(0.55f)), open * (1.f - pane));
    colour = mix3(colour, vec3_of(0.018f, 0.022f, 0.028f), pane);
    p->albedo = select3(on, colour, p->albedo);
    const vfloat pick = unit_of(h), warmth = unit_of(h * 374761393), level = unit_of(h * 668265263);
    const vint lit = on & (pick < splat(frame->lit_windows));
    // Rooms: brighter near the ceiling, a curtain at some sides, two people in three like warm light.
    const vfloat room = (0.45f + 0.75f * saturate((fv - 0.85f) * 0.55f)) * (0.35f + 1.25f * level);
    const vfloat curtain = 1.f - 0.55f * saturate((vabs(fu - 1.05f) - 0.20f - 0.4f * warmth) / (soft + 0.02f));
    const vint cool = warmth > 0.72f;
    const vec3 glow = select3(cool, vec3_of(0.55f, 0.80f, 1.05f), vec3_of(1.25f, 0.74f, 0.34f));
    const vfloat power = lit ? room * curtain * pane : splat(0.f);
    p->glow = mad3(glow, power, p->glow);
    p->normal = select3(on, normalize3(mix3(p->normal, p->smooth_normal, pane)), p->normal);
    p->roughness = on ? mix(p->roughness, splat(0.06f), pane) : p->roughness;
    p->f0 = select3(on, mix3(p->f0, vec3_of(0.10f, 0.10f, 0.10f), pane), p->f0);
}

static void detail_water(const Frame *frame, const Geometry *g, Points *p) {
    const vint on = ON(WATER);
    const float t = frame->time_s;
    vfloat slope_x = splat(0.f), slope_z = splat(0.f);
    // Three trains of ripples that travel in different directions.
    static const float TRAINS[3][5] = {{9.7f, 0.031f, 0.017f, 0.9f, 0.f}, {3.1f, -0.045f, 0.061f, 0.75f, 0.37f}, {0.83f, 0.10f, -0.13f, 0.5f, 0.71f}};
    for (int k = 0; k < 3; k++) {
        const float scale = 1.f / TRAINS[k][0];
        const Noise wave = sample_texture(g->noise, NOISE_SIZE, NOISE_LEVELS, p->rest.x * scale + t * TRAINS[k][1] + TRAINS[k][4],
                                          p->rest.z * scale + t * TRAINS[k][2], p->footprint * (scale * NOISE_SIZE));
        slope_x += wave.slope_u * TRAINS[k][3];
        slope_z += wave.slope_v * TRAINS[k][3];
    }
    const vec3 tilted = normalize3((vec3){p->normal.x - slope_x * 2.6f, p->normal.y, p->normal.z - slope_z * 2.6f});
    p->normal = select3(on, tilted, p->normal);
    p->ripple_x = on ? slope_x * 2.6f : p->ripple_x;
    p->ripple_z = on ? slope_z * 2.6f : p->ripple_z;
    p->roughness = on ? splat(0.06f) + saturate(p->footprint * 0.5f) * 0.25f : p->roughness;
    p->f0 = select3(on, vec3_of(0.02f, 0.02f, 0.02f), p->f0);
    p->mirror = on ? splat(1.f) : p->mirror;
    // Light comes back green from the crests.
    const vfloat crest = saturate(slope_x + slope_z + 0.2f);
    p->albedo = select3(on, scale3(p->albedo, 0.75f + 0.5f * crest), p->albedo);
}

// Thin films of water on what looks up: darker, smoother, mirror-like where it gathers in puddles.
static void wet(const Frame *frame, Points *p, Noise coarse) {
    const vint solid = (p->surface != WATER) & (p->surface != SKIN) & (p->surface != HAIR) & (p->surface != EYE) &
                       (p->surface != CLOTH) & (p->surface != SCREEN) & (p->surface != FOLIAGE);
    const vfloat level = solid ? smoothstep(0.55f, 0.92f, p->smooth_normal.y) : splat(0.f);
    const vfloat open = saturate(p->occlusion * 1.6f);
    const vfloat damp = (solid ? splat(0.35f) : splat(0.f)) * frame->wetness + level * open * frame->wetness * 0.65f;
    const vint soaks = (p->surface == GRASS) | (p->surface == SAND) | (p->surface == SNOW);
    const vfloat pool = smoothstep(0.60f - 0.28f * frame->wetness, 0.72f - 0.20f * frame->wetness, coarse.broad);
    const vfloat film = (0.38f + 0.62f * pool) * level * open * frame->wetness;
    const vfloat stays = soaks ? film * 0.25f : film;
    p->albedo = scale3(p->albedo, 1.f - 0.45f * damp);
    p->roughness = mix(p->roughness, mix(splat(0.32f), splat(0.05f), pool), saturate(stays * 1.2f));
    p->mirror = vmax(p->mirror, stays);
    const vfloat calm = 1.f - 0.8f * pool;
    // Only the broad relief bends the mirror image: finer grain would tear it into specks.
    p->ripple_x += coarse.slope_u * calm * stays * 0.8f;
    p->ripple_z += coarse.slope_v * calm * stays * 0.8f;
    p->normal = normalize3(mix3(p->normal, p->smooth_normal, saturate(stays * pool)));
}

static void detail_living(Points *p, Noise coarse, Noise fine, uint32_t present) {
    if (present & BIT(SKIN)) {
        // Blood under the skin shows in blotches; pores break up the gloss.
        const vint on = ON(SKIN);
        const vfloat flush = (coarse.broad - 0.5f) * 0.22f;
        const vec3 toned = {p->albedo.x * (1.f + 0.25f * flush), p->albedo.y * (1.f - 0.55f * flush), p->albedo.z * (1.f - 0.45f * flush)};
        p->albedo = select3(on, toned, p->albedo);
        p->through = on ? splat(0.5f) : p->through;
        p->roughness = on ? vclamp(p->roughness * 0.9f + 0.18f * (fine.middle - 0.5f), 0.40f, 0.85f) : p->roughness;
        p->f0 = select3(on, vec3_of(0.026f, 0.026f, 0.026f), p->f0);
    }
    if (present & BIT(CLOTH)) {
        const vint on = ON(CLOTH);
        // Threads of 1.6 mm, seen only from near by.
        const vfloat near = saturate(1.4f - p->footprint * 1400.f);
        const vfloat warp = sin_turns((p->rest.x + p->rest.z) * 620.f), weft = sin_turns(p->rest.y * 620.f);
        tint(p, on, 1.f + 0.10f * near * warp * weft);
        p->sheen = on ? splat(0.30f) : p->sheen;
        p->roughness = on ? vmax(p->roughness, splat(0.72f)) : p->roughness;
    }
    if (present & (BIT(FOLIAGE) | BIT(GRASS))) {
        const vint on = ON(FOLIAGE) | ON(GRASS);
        const vfloat dry = saturate(coarse.broad * 2.2f - 0.9f);
        const vec3 turned = {p->albedo.x * (1.f + 0.45f * dry), p->albedo.y * (1.f + 0.08f * dry), p->albedo.z * (1.f - 0.25f * dry)};
        p->albedo = select3(on, turned, p->albedo);
        p->through = ON(FOLIAGE) ? splat(0.75f) : (ON(GRASS) ? splat(0.45f) : p->through);
    }
    if (present & BIT(SNOW)) p->through = ON(SNOW) ? splat(0.45f) : p->through;
    if (present & BIT(SAND)) {
        // Wind ripples a hand apart, bent by the broad noise, fading with distance.
        const vint on = ON(SAND) & (p->axis == 1);
        const vfloat phase = p->rest.x * 4.1f + p->rest.z * 1.7f + coarse.broad * 5.5f;
        const vfloat strength = saturate(1.3f - p->footprint * 14.f) * smoothstep(0.40f, 0.62f, coarse.middle * 0.4f + coarse.broad * 0.6f);
        const vfloat slope = sin_turns(phase + 0.25f) * strength * 0.20f;
        const vec3 rippled = normalize3((vec3){p->normal.x - slope * 0.92f, p->normal.y, p->normal.z - slope * 0.38f});
        p->normal = select3(on, rippled, p->normal);
        tint(p, on, 1.f + 0.06f * sin_turns(phase) * strength);
    }
}

// Plasticine: soft light, and here and there the print of the finger that pressed it. A set of clay
// is a model, so its prints are as large as a hand: 7 cm across, a ridge every 5 mm.
static void detail_clay(Points *p, vfloat u, vfloat v) {
    const vint on = ON(CLAY);
    p->through = on ? splat(0.45f) : p->through;
    p->roughness = on ? vclamp(p->roughness, 0.46f, 0.62f) : p->roughness;
    p->f0 = select3(on, vec3_of(0.035f, 0.035f, 0.035f), p->f0);
    const float cell = 0.11f;
    const vfloat column = u * (1.f / cell), row = v * (1.f / cell), column_floor = vfloor(column), row_floor = vfloor(row);
    const vint h = hash_lanes(to_int(column_floor) + 5003, to_int(row_floor) + 1709);
    const vfloat x = (column - column_floor - 0.5f - 0.3f * (unit_of(h) - 0.5f)) * cell;
    const vfloat y = (row - row_floor - 0.5f - 0.3f * (unit_of(h * 374761393) - 0.5f)) * cell * (0.62f + 0.5f * unit_of(h * 668265263));
    const vfloat away = vsqrt(x * x + y * y + 1e-9f);
    const vfloat pressed = (on & (unit_of(h * 1274126177) < 0.38f)) ? 1.f - smoothstep(0.016f, 0.034f, away) : splat(0.f);
    const vfloat seen = pressed * saturate(1.6f - p->footprint * 640.f);
    const vfloat ridge = sin_turns(away * 205.f + 1.3f * x * 40.f * y * 40.f) * seen * 0.16f / away;
    // The same slopes on the two axes along which the pattern was laid, near enough.
    const vec3 bent = normalize3((vec3){p->normal.x - ridge * x, p->normal.y - ridge * y, p->normal.z - ridge * (x + y) * 0.5f});
    p->normal = select3(on, bent, p->normal);
    tint(p, on, 1.f - 0.06f * seen);
}

// What holds for a kind without looking at the texture.
static void settle_gloss(Points *p, uint32_t present) {
    if (present & BIT(EYE)) {
        p->roughness = ON(EYE) ? splat(0.05f) : p->roughness;
        p->f0 = select3(ON(EYE), vec3_of(0.035f, 0.035f, 0.035f), p->f0);
        p->through = ON(EYE) ? splat(0.25f) : p->through;
    }
    if (present & BIT(METAL)) {
        p->f0 = select3(ON(METAL), p->albedo, p->f0);
        p->albedo = select3(ON(METAL), scale3(p->albedo, splat(0.12f)), p->albedo);
    }
    if (present & BIT(GLASS)) {
        p->roughness = ON(GLASS) ? vmin(p->roughness, splat(0.07f)) : p->roughness;
        p->f0 = select3(ON(GLASS), vec3_of(0.09f, 0.09f, 0.09f), p->f0);
        p->albedo = select3(ON(GLASS), scale3(p->albedo, splat(0.55f)), p->albedo);
    }
    if (present & BIT(PAINT)) {
        p->roughness = ON(PAINT) ? vmin(p->roughness, splat(0.25f)) : p->roughness;
        p->f0 = select3(ON(PAINT), vec3_of(0.05f, 0.05f, 0.05f), p->f0);
    }
}

// Refine the points: texture first, then what is peculiar to each kind, then rain on top.
static void detail(const Frame *frame, const Geometry *g, Points *p, uint32_t present) {
    const int rain = frame->wetness > 0.01f;
    if (!(present & ~UNTEXTURED) && !rain) return;
    if (present == BIT(WATER)) {
        detail_water(frame, g, p);
        return;
    }
    const vint sideways = p->axis == 0, level = p->axis == 1;
    vfloat u = sideways ? p->rest.z : p->rest.x;
    vfloat v = level ? p->rest.z : p->rest.y;
    vfloat look[6] = {splat(1.f), splat(1.f), splat(0.f), splat(0.f), splat(0.f), splat(0.f)};
    for (uint32_t left = present; left; left &= left - 1) {
        const Texture *t = &TEXTURES[__builtin_ctz(left)];
        const vint on = ON(__builtin_ctz(left));
        const float values[6] = {1.f / t->coarse_m, 1.f / t->fine_m, t->broad, t->middle, t->fine, t->bump};
        for (int k = 0; k < 6; k++) look[k] = on ? splat(values[k]) : look[k];
    }
    // Soft and leafy things are round: a slanted projection has no seams where the main axis changes.
    const vint round = ON(FOLIAGE) | ON(SKIN) | ON(CLOTH) | ON(CLAY);
    u = round ? p->rest.x + 0.62f * p->rest.y + 0.31f * p->rest.z : u;
    v = round ? p->rest.z - 0.37f * p->rest.x + 0.71f * p->rest.y : v;
    // A hand's turn between the two sizes hides the grid of the texture.
    const Noise coarse = sample_texture(g->noise, NOISE_SIZE, NOISE_LEVELS, u * look[0], v * look[0], p->footprint * look[0] * NOISE_SIZE);
    const vfloat ut = u * 0.87f + v * 0.5f, vt = v * 0.87f - u * 0.5f;
    // Hair is drawn out along the strands.
    const vint strands = ON(HAIR);
    const vfloat fu = strands ? (p->rest.x + p->rest.z * 0.8f) * 1.9f : ut, fv = strands ? p->rest.y * 0.10f : vt;
    const Noise fine = sample_texture(g->noise, NOISE_SIZE, NOISE_LEVELS, fu * look[1], fv * look[1], p->footprint * look[1] * NOISE_SIZE);
    vfloat tone = 1.f + look[2] * (coarse.broad - 0.5f) * 2.f + look[3] * (fine.middle - 0.5f + 0.5f * (coarse.middle - 0.5f)) * 2.f +
                  look[4] * (fine.fine - 0.5f) * 2.f;
    p->albedo = scale3(p->albedo, vclamp(tone, 0.25f, 1.8f));
    const vfloat steep_u = look[5] * (fine.slope_u + 0.45f * coarse.slope_u), steep_v = look[5] * (fine.slope_v + 0.45f * coarse.slope_v);
    const vfloat zero = splat(0.f);
    const vec3 bent = {p->normal.x - (sideways ? zero : steep_u), p->normal.y - (level ? zero : steep_v),
                       p->normal.z - (sideways ? steep_u : (level ? steep_v : zero))};
    p->normal = normalize3(bent);
    p->roughness = vclamp(p->roughness + (fine.middle - 0.5f) * look[3] * 0.5f, 0.03f, 1.f);
    if (present & (BIT(STONE) | BIT(BRICK) | BIT(TILES) | BIT(WOOD))) detail_masonry(p, u, v, coarse);
    if (present & BIT(FACADE)) detail_facade(frame, p, u, v);
    if (present & (BIT(SKIN) | BIT(CLOTH) | BIT(FOLIAGE) | BIT(GRASS) | BIT(SNOW) | BIT(SAND))) {
        detail_living(p, coarse, fine, present);
    }
    if (present & BIT(CLAY)) detail_clay(p, u, v);
    if (present & BIT(WATER)) detail_water(frame, g, p);
    if (rain) wet(frame, p, coarse);
}
