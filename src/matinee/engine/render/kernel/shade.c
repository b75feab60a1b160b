// Light: every visible pixel is shaded once, sixteen at a time.
#include "shadow.h"
#include "sky.h"
#include "surface.h"

static const vfloat LANE_X = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
static const vfloat LANE_Y = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};

static inline const float *attributes_of(const Context *context, uint32_t vertex) {
    const uint32_t still = (uint32_t)context->geometry->static_vertices;
    return vertex < still ? context->geometry->attributes + (size_t)vertex * ATTRIBUTES
                          : context->attributes + (size_t)(vertex - still) * ATTRIBUTES;
}

// Interpolate what the vertices carry. Most blocks show one to three triangles, so going through
// them one by one with broadcast values is cheaper than gathering for each lane. Returns a bit for
// each kind of surface seen.
static uint32_t resolve(const Context *context, const Picture *picture, const View *view, vint triangle, vfloat depth,
                        vfloat x, vfloat y, Points *p) {
    uint32_t present = 0;
    const vfloat w = 1.f / vmax(depth, splat(1e-7f));
    vfloat lanes[ATTRIBUTES];
    for (int k = 0; k < ATTRIBUTES; k++) lanes[k] = splat(0.f);
    vfloat facing = splat(1.f);
    p->valid = triangle != splat_int(-1);
    p->surface = splat_int(0);
    p->axis = splat_int(1);
    uint32_t left = mask_bits(p->valid);
    while (left) {
        const int number = triangle[__builtin_ctz(left)];
        const vint mine = triangle == splat_int(number);
        left &= ~mask_bits(mine);
        const ShadeTriangle *t = &picture->shade[number];
        const vfloat dx = x - t->ref_x, dy = y - t->ref_y;
        const vfloat b1 = (t->b1 + t->b1_x * dx + t->b1_y * dy) * w, b2 = (t->b2 + t->b2_x * dx + t->b2_y * dy) * w;
        const float *a0 = attributes_of(context, t->v[0]);
        const vfloat base = *(const vfloat *)a0;
        const vfloat step1 = *(const vfloat *)attributes_of(context, t->v[1]) - base;
        const vfloat step2 = *(const vfloat *)attributes_of(context, t->v[2]) - base;
        float s1[ATTRIBUTES] __attribute__((aligned(64))), s2[ATTRIBUTES] __attribute__((aligned(64)));
        *(vfloat *)s1 = step1;
        *(vfloat *)s2 = step2;
        for (int k = 0; k < AT_SURFACE; k++) {
            const vfloat value = a0[k] + b1 * s1[k] + b2 * s2[k];
            lanes[k] = mine ? value : lanes[k];
        }
        const int code = (int)a0[AT_SURFACE];
        present |= BIT(code & 31);
        p->surface = mine ? splat_int(code & 31) : p->surface;
        p->axis = mine ? splat_int(code >> 5) : p->axis;
        facing = mine ? splat(t->facing) : facing;
    }
    const vec3 ray = {view->ray[0] + x * view->ray_x[0] + y * view->ray_y[0], view->ray[1] + x * view->ray_x[1] + y * view->ray_y[1],
                      view->ray[2] + x * view->ray_x[2] + y * view->ray_y[2]};
    const vfloat length = vsqrt(dot3(ray, ray));
    p->position = mad3(ray, w, vec3_load(view->eye));
    p->view = scale3(ray, 1.f / length);
    p->distance = w * length;
    const vec3 normal = {lanes[0], lanes[1], lanes[2]};
    p->normal = scale3(normal, facing * vrsqrt(dot3(normal, normal) + 1e-12f));
    p->smooth_normal = p->normal;
    p->occlusion = saturate(lanes[AT_OCCLUSION]);
    p->albedo = (vec3){lanes[AT_ALBEDO], lanes[AT_ALBEDO + 1], lanes[AT_ALBEDO + 2]};
    p->roughness = lanes[AT_ROUGHNESS];
    p->light = (vec3){lanes[AT_LIGHT], lanes[AT_LIGHT + 1], lanes[AT_LIGHT + 2]};
    p->emission = lanes[AT_EMISSION];
    p->rest = (vec3){lanes[AT_REST], lanes[AT_REST + 1], lanes[AT_REST + 2]};
    const vfloat facing_eye = vmax(-dot3(p->view, p->normal), splat(0.12f));
    p->footprint = w * view->pixel_angle * vrsqrt(facing_eye);
    p->glow = vec3_of(0.f, 0.f, 0.f);
    p->f0 = vec3_of(0.04f, 0.04f, 0.04f);
    p->through = p->sheen = p->mirror = p->ripple_x = p->ripple_z = splat(0.f);
    return present;
}

// Highlight of a light: GGX with the cheap visibility term of Karis (2013), times pi.
INLINE vfloat highlight(vec3 normal, vec3 to_eye, vec3 light, vfloat roughness) {
    const vec3 half = normalize3(add3(light, to_eye));
    const vfloat nh = saturate(dot3(normal, half)), lh = saturate(dot3(light, half));
    const vfloat a = roughness * roughness, a2 = a * a;
    const vfloat d = nh * nh * (a2 - 1.f) + 1.0001f;
    return vmin(a2 / (d * d * vmax(lh * lh, splat(0.1f)) * (4.f * roughness + 2.f)), splat(60.f));
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
    vfloat shine = highlight(p->normal, to_eye, light, vmax(p->roughness, splat(0.07f))) * front;
    if (present & BIT(HAIR)) {
        const vint hair = p->surface == HAIR;
        const vfloat reached = saturate(raw * 0.7f + 0.3f);
        vfloat body;
        const vfloat strands = hair_highlight(tangent, to_eye, light, &body) * reached * 2.8f;
        shine = hair ? strands : shine;
        const vfloat warm = hair ? body * reached * 2.5f : splat(0.f);
        lit->diffuse = mad3(colour, warm, lit->diffuse);
    }
    const vfloat grazing = 1.f - saturate(dot3(normalize3(add3(light, to_eye)), to_eye));
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
        const vec3 from_lamp = vec3_of(eye[0] - lamp->position[0], eye[1] - lamp->position[1], eye[2] - lamp->position[2]);
        const vfloat along = dot3(from_lamp, direction);
        // Not nearer than half a metre: many lamps stand for light without a visible source.
        const vfloat square = vmax(dot3(from_lamp, from_lamp) - along * along, splat(0.25f));
        const vfloat reach = saturate(1.f - square * (1.f / (lamp->radius_m * lamp->radius_m)));
        if (!any(reach > 0.f)) continue;
        const vfloat inverse = vrsqrt(square);
        float share = 0.04f;
        vfloat path = (arctangent((distance + along) * inverse) - arctangent(along * inverse)) * inverse;
        if (lamp->cos_outer > -1.5f) {
            share = 0.12f;
            // In a cone, as far as the nearest point of the ray lies in it.
            const vfloat nearest = vmin(vmax(-along, splat(0.f)), distance);
            const vec3 there = mad3(direction, nearest, from_lamp);
            const vfloat inside = dot3(there, vec3_load(lamp->direction)) * vrsqrt(dot3(there, there) + 1e-6f);
            path *= saturate((inside - lamp->cos_outer) * (1.f / fmaxf(lamp->cos_inner - lamp->cos_outer, 1e-4f)));
        }
        sum = mad3(vec3_load(lamp->radiance), path * reach * reach * share, sum);
    }
    return scale3(sum, splat(fminf(frame->fog_density, 0.03f)));
}

// Openness at half size, spread to the four by four pixels of a block.
static inline vfloat openness_at(const Context *context, int x, int y) {
    const float *row = context->half_open + (size_t)(y / 2) * context->half_stride + x / 2;
    const float *next = row + context->half_stride;
    return (vfloat){row[0], row[0], row[1], row[1], row[0], row[0], row[1], row[1],
                    next[0], next[0], next[1], next[1], next[0], next[0], next[1], next[1]};
}

// The mirror image under a ripple, drawn out towards the viewer as wet ground does.
static vec3 mirror_image(const Context *context, const Frame *frame, const Points *p, vfloat x, vfloat y) {
    const Picture *m = &context->mirror;
    const vfloat scale = 0.5f * (float)m->height / (1.f + 0.06f * p->distance);
    const vfloat side = (p->ripple_x * frame->right[0] + p->ripple_z * frame->right[2]) * scale * 0.8f;
    const vfloat along = (p->ripple_x * frame->forward[0] + p->ripple_z * frame->forward[2]) * scale * 1.3f;
    const vfloat spread = 1.f + p->roughness * (float)m->height * 0.045f;
    vec3 sum = vec3_of(0.f, 0.f, 0.f);
    static const float TAPS[4][2] = {{-0.4f, -1.2f}, {0.4f, -0.4f}, {-0.4f, 0.4f}, {0.4f, 1.2f}};
    for (int k = 0; k < 4; k++) {
        const vfloat u = vclamp(x * 0.5f + side + TAPS[k][0], 0.f, (float)m->width - 1.f);
        const vfloat v = vclamp(y * 0.5f + along + spread * TAPS[k][1], 0.f, (float)m->height - 1.f);
        const vint at = to_int(v) * m->stride + to_int(u);
        sum = add3(sum, unpack_rgbe(gather_int(context->mirror_packed, at)));
    }
    return scale3(sum, splat(0.25f));
}

// What a surface mirrors: the sky above, the ground below, dimmer where it is hemmed in.
static vec3 surroundings(const Frame *frame, const Points *p, vec3 direction, uint32_t present) {
    const vfloat sunward = toward_sun(frame, direction);
    const vec3 sharp = clear_sky(frame, direction, sunward);
    const vec3 soft = mix3(vec3_load(frame->ambient_ground), vec3_load(frame->ambient_sky), saturate(direction.y * 0.7f + 0.5f));
    const vfloat blur = saturate(p->roughness * 1.5f);
    vec3 seen = mix3(sharp, soft, saturate(blur + (1.f - p->occlusion) * 0.8f));
    if (present & (BIT(PAINT) | BIT(METAL) | BIT(GLASS) | BIT(EYE))) {
        // A dark horizon of things that stand around gives polished surfaces their shape.
        const vfloat belt = smoothstep(-0.30f, -0.02f, direction.y) * (1.f - smoothstep(0.02f, 0.24f, direction.y));
        seen = scale3(seen, 1.f - 0.5f * belt * (1.f - blur * 0.6f));
    }
    return seen;
}

// Light in steps of so many stops, as a draughtsman lays tones: shadow, half-tone, light.
INLINE vec3 stepped(const Frame *frame, vec3 light) {
    const Finish *finish = frame->finish;
    const vfloat level = (0.2126f * light.x + 0.7152f * light.y + 0.0722f * light.z) * frame->exposure;
    const vfloat stops = vlog2(vmax(level, splat(1e-4f))) * (1.f / finish->tone_stops) + 0.25f, whole = vfloor(stops);
    const vfloat tone = vmax(whole + smoothstep(0.5f - finish->tone_soft, 0.5f + finish->tone_soft, stops - whole), splat(finish->tone_floor));
    return scale3(light, vexp2((tone - stops) * finish->tone_stops));
}

// In a style a set may be made of one thing: clay, flat card. Returns the kinds that are left.
INLINE uint32_t remake(const Finish *finish, Points *p, uint32_t present) {
    const vint hit = ((splat_int(finish->remade) >> p->surface) & 1) != 0;
    p->surface = hit ? splat_int(finish->remade_as) : p->surface;
    const uint32_t remade = (uint32_t)finish->remade;
    return (present & ~remade) | (present & remade ? BIT(finish->remade_as) : 0);
}

static vec3 shade_points(const Context *context, const Frame *frame, const View *view, Points *p, uint32_t present,
                         vfloat openness, vfloat x, vfloat y) {
    if (frame->finish && frame->finish->remade) present = remake(frame->finish, p, present);
    settle_gloss(p, present);
    detail(frame, context->geometry, p, present);
    const vfloat open = p->occlusion * openness;
    const vec3 to_sun = vec3_load(frame->sun_direction);
    vec3 tangent = vec3_of(0.f, -1.f, 0.f);
    if (present & BIT(HAIR)) {
        const vfloat lift = dot3(tangent, p->normal);
        tangent = normalize3(mad3(p->normal, -lift, add3(tangent, vec3_of(0.02f, 0.f, 0.02f))));
    }
    Lit lit = {vec3_of(0.f, 0.f, 0.f), vec3_of(0.f, 0.f, 0.f)};
    const vec3 sun = vec3_load(frame->sun_radiance);
    if (frame->sun_radiance[0] + frame->sun_radiance[1] + frame->sun_radiance[2] > 1e-4f) {
        const vfloat facing = dot3(p->smooth_normal, to_sun);
        const vint wanted = p->valid & ((facing > -0.02f) | ((p->through > 0.f) & (facing > -0.45f)));
        vfloat seen = splat(0.f);
        if (any(wanted)) {
            seen = sun_visibility(context->maps, p->position, p->smooth_normal, to_sun, wanted, frame->sun_tan);
            seen = wanted ? seen * saturate(facing * 10.f + 4.5f) : splat(0.f);
        }
        // Hollows that the shadow map is too coarse for stay darker in the sun as well.
        seen *= 0.55f + 0.45f * openness;
        add_light(&lit, p, to_sun, scale3(sun, seen), present, tangent);
    }
    if (frame->lamp_count) add_lamps(&lit, p, frame, present, tangent);
    // Light from all around, and baked light, which comes from where the surface faces.
    const vfloat up = p->normal.y * 0.5f + 0.5f;
    const vec3 around = mix3(vec3_load(frame->ambient_ground), vec3_load(frame->ambient_sky), up);
    // Light between near walls takes their colour, so pale things are never as dark as the openness.
    const vec3 bounce = {open + (1.f - open) * p->albedo.x * 0.35f, open + (1.f - open) * p->albedo.y * 0.35f, open + (1.f - open) * p->albedo.z * 0.35f};
    vec3 incoming = add3(lit.diffuse, mul3(around, bounce));
    incoming = mad3(p->light, 0.4f + 0.6f * openness, incoming);
    if (frame->finish) {
        if (frame->finish->tone_stops > 0.f) incoming = stepped(frame, incoming);
        lit.gloss = scale3(lit.gloss, splat(frame->finish->gloss));
    }
    vec3 colour = mul3(p->albedo, incoming);
    // Gloss: what stands opposite, by Fresnel; baked light counts as surroundings too.
    const vfloat facing_eye = saturate(-dot3(p->view, p->normal));
    const vfloat grazing = 1.f - facing_eye, g2 = grazing * grazing, g5 = g2 * g2 * grazing;
    const vfloat polish = p->surface == HAIR ? splat(0.05f) : vmax(1.f - p->roughness, splat(0.f));
    const vec3 fresnel = {p->f0.x + vmax(polish - p->f0.x, splat(0.f)) * g5, p->f0.y + vmax(polish - p->f0.y, splat(0.f)) * g5,
                          p->f0.z + vmax(polish - p->f0.z, splat(0.f)) * g5};
    const vec3 mirrored = reflect3(p->view, p->normal);
    vec3 seen = scale3(surroundings(frame, p, mirrored, present), saturate(open * 1.1f));
    seen = mad3(p->light, splat(0.35f), seen);
    if (frame->has_mirror && !view->mirrored && any(p->mirror > 0.01f)) {
        const vec3 image = mirror_image(context, frame, p, x, y);
        seen = mix3(seen, image, saturate(p->mirror * 1.5f));
    }
    const vint still_water = p->surface == WATER;
    const vfloat film = still_water ? splat(0.f) : p->mirror;
    // A film of water reflects more than its two per cent to the eye that looks for it.
    const vec3 strength = add3(fresnel, scale3(vec3_of(1.f, 1.f, 1.f), film * (0.07f + 0.55f * g2 * grazing)));
    colour = mix3(colour, scale3(colour, splat(0.45f)), saturate(film * g2));
    colour = add3(colour, scale3(mul3(seen, strength), frame->finish ? splat(frame->finish->gloss) : splat(1.f)));
    colour = add3(colour, lit.gloss);
    if (present & BIT(CLOTH)) {
        const vfloat fuzz = p->sheen * g2 * grazing * 0.9f;
        colour = add3(colour, scale3(mul3(add3(p->albedo, vec3_of(0.04f, 0.04f, 0.04f)), incoming), fuzz));
    }
    if (present & BIT(HAIR)) {
        // Hair against the sky shows a rim.
        const vfloat rim = p->surface == HAIR ? g2 * g2 * open * 0.10f : splat(0.f);
        colour = mad3(mix3(vec3_load(frame->ambient_sky), sun, splat(0.12f)), rim, colour);
    }
    if (present & BIT(EYE)) {
        // A window in the wet of the eye: always there, high and to one side, as from a soft key light.
        const vint eye = p->surface == EYE;
        const vec3 key = normalize3(add3(add3(scale3(vec3_load(frame->up), splat(0.62f)), scale3(vec3_load(frame->right), splat(-0.42f))),
                                         scale3(vec3_load(frame->forward), splat(-0.85f))));
        const vfloat window = smoothstep(0.925f, 0.955f, dot3(mirrored, key));
        const vec3 key_colour = add3(scale3(vec3_load(frame->ambient_sky), splat(1.2f)), scale3(sun, splat(0.22f)));
        colour = mad3(key_colour, eye ? window * 1.1f : splat(0.f), colour);
    }
    colour = add3(colour, p->glow);
    colour = mad3(p->albedo, p->emission, colour);
    const vfloat haze = haze_cover(frame, view->eye[1], p->distance, p->position.y - view->eye[1]);
    return mix3(colour, haze_colour(frame, toward_sun(frame, p->view)), haze);
}

// Light as it may be stored: finite, so that no single pixel can spread over the picture by bloom.
// Compared as bits, since the compiler may assume that floats are finite.
INLINE vfloat storable(vfloat light) {
    const vint exponent = as_int(light) & 0x7f800000;
    return exponent >= splat_int(0x47000000) ? splat(0.f) : vmax(light, splat(0.f));
}

static inline void store_rows(float *plane, int stride, vfloat block) {
    *(vfloat4 *)plane = block.lo.lo;
    *(vfloat4 *)(plane + stride) = block.lo.hi;
    *(vfloat4 *)(plane + 2 * stride) = block.hi.lo;
    *(vfloat4 *)(plane + 3 * stride) = block.hi.hi;
}

void shade_picture(Context *context, Picture *picture, const Frame *frame, const View *view) {
    for (int tile = 0; tile < picture->tiles_x * picture->tiles_y; tile++) {
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const int px = tile % picture->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4;
            const int py = tile / picture->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4;
            if (px >= picture->width || py >= picture->height) continue;
            const size_t at = (size_t)tile * TILE_PIXELS + block * LANES;
            const vint triangle = *(const vint *)(picture->triangle + at);
            const vfloat x = LANE_X + ((float)px + 0.5f), y = LANE_Y + ((float)py + 0.5f);
            const vint covered = triangle != splat_int(-1);
            const uint32_t bits = mask_bits(covered);
            vec3 colour = vec3_of(0.f, 0.f, 0.f);
            vfloat distance = splat(1000.f);
            const vec3 ray = normalize3((vec3){view->ray[0] + x * view->ray_x[0] + y * view->ray_y[0],
                                               view->ray[1] + x * view->ray_x[1] + y * view->ray_y[1],
                                               view->ray[2] + x * view->ray_x[2] + y * view->ray_y[2]});
            if (bits != 0xffff) {
                colour = full_sky(frame, context->geometry, ray, view->eye[1], view->pixel_angle);
            }
            if (bits) {
                Points points;
                const vfloat depth = *(const vfloat *)(picture->depth + at);
                const uint32_t present = resolve(context, picture, view, triangle, depth, x, y, &points);
                const vfloat openness = view->mirrored ? splat(1.f) : openness_at(context, px, py);
                const vec3 lit = shade_points(context, frame, view, &points, present, openness, x, y);
                colour = select3(covered, lit, colour);
                distance = covered ? points.distance : distance;
            }
            if (frame->lamp_count && frame->fog_density > 1e-4f) colour = add3(colour, lamp_glow(frame, view->eye, ray, distance));
            const size_t to = (size_t)py * picture->stride + px;
            store_rows(picture->red + to, picture->stride, storable(colour.x));
            store_rows(picture->green + to, picture->stride, storable(colour.y));
            store_rows(picture->blue + to, picture->stride, storable(colour.z));
        }
    }
}

// Depth in metres, part numbers and normals of what is seen, for measuring instead of looking.
void resolve_normals(Context *context, const Frame *frame, const View *view, float *depth, int32_t *ids, float *normals) {
    (void)frame;
    const Picture *picture = &context->main;
    for (int tile = 0; tile < picture->tiles_x * picture->tiles_y; tile++) {
        for (int block = 0; block < TILE_BLOCKS; block++) {
            const int px = tile % picture->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4;
            const int py = tile / picture->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4;
            const size_t at = (size_t)tile * TILE_PIXELS + block * LANES;
            const vint triangle = *(const vint *)(picture->triangle + at);
            const vfloat q = *(const vfloat *)(picture->depth + at);
            Points points;
            resolve(context, picture, view, triangle, q, LANE_X + ((float)px + 0.5f), LANE_Y + ((float)py + 0.5f), &points);
            for (int lane = 0; lane < LANES; lane++) {
                const int x = px + lane % 4, y = py + lane / 4;
                if (x >= picture->width || y >= picture->height) continue;
                const size_t to = (size_t)y * picture->width + x;
                const int seen = triangle[lane] != -1;
                depth[to] = seen ? 1.f / q[lane] : 0.f;
                ids[to] = seen ? picture->shade[triangle[lane]].part : 0;
                normals[to * 3] = seen ? points.normal.x[lane] : 0.f;
                normals[to * 3 + 1] = seen ? points.normal.y[lane] : 0.f;
                normals[to * 3 + 2] = seen ? points.normal.z[lane] : 0.f;
            }
        }
    }
}
