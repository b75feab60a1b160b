// Light: every visible pixel is shaded once, sixteen at a time.
#include "light.h"
#include "photo.h"
#include "shadow.h"
#include "sky.h"

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

// Openness at half size, spread to the four by four pixels of a block.
static inline vfloat openness_at(const Context *context, int x, int y) {
    const float *row = context->half_open + (size_t)(y / 2) * context->half_stride + x / 2;
    const float *next = row + context->half_stride;
    const vfloat4 four = {row[0], row[1], next[0], next[1]};
    return __builtin_shufflevector(four, four, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);
}

// The mirror image under a ripple, drawn out towards the viewer as wet ground does.
static vec3 mirror_image(const Context *context, const Frame *frame, const Points *p, vfloat x, vfloat y) {
    const Picture *m = &context->mirror;
    // What lies outside of the part that was drawn is seen at its edge.
    const float low_u = (float)(m->wanted.x0 * TILE_WIDTH), high_u = fminf((float)(m->wanted.x1 * TILE_WIDTH), (float)m->width) - 1.f;
    const float low_v = (float)(m->wanted.y0 * TILE_HEIGHT), high_v = fminf((float)(m->wanted.y1 * TILE_HEIGHT), (float)m->height) - 1.f;
    const vfloat scale = 0.5f * (float)m->height / (1.f + 0.06f * p->distance);
    const vfloat side = (p->ripple_x * frame->right[0] + p->ripple_z * frame->right[2]) * scale * 0.8f;
    const vfloat along = (p->ripple_x * frame->forward[0] + p->ripple_z * frame->forward[2]) * scale * 1.3f;
    const vfloat spread = 1.f + p->roughness * (float)m->height * 0.045f;
    vec3 sum = vec3_of(0.f, 0.f, 0.f);
    static const float TAPS[4][2] = {{-0.4f, -1.2f}, {0.4f, -0.4f}, {-0.4f, 0.4f}, {0.4f, 1.2f}};
    for (int k = 0; k < 4; k++) {
        const vfloat u = vclamp(x * 0.5f + side + TAPS[k][0], low_u, high_u);
        const vfloat v = vclamp(y * 0.5f + along + spread * TAPS[k][1], low_v, high_v);
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

// `fleeting` is set where the light changes though nothing reaches the points: a mirror shows others.
static vec3 shade_points(const Context *context, const Frame *frame, const View *view, Points *p, uint32_t present,
                         vfloat openness, vfloat x, vfloat y, int *fleeting) {
    if (present & (BIT(PHOTO) | BIT(BACKDROP))) show_photo(frame, context->geometry, p);
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
            seen = sun_visibility(context->maps, context->drawn_cells, p->position, p->smooth_normal, to_sun, wanted, frame->sun_tan);
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
    if (context->mirrors && !view->mirrored && any(p->mirror > 0.01f)) {
        *fleeting = 1;
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

// Vertices lie scattered in memory: ask for those of the blocks ahead in time.
static inline void fetch_ahead(const Context *context, const Picture *picture, size_t number) {
    const uint32_t *next = picture->triangle + (number + 2) * LANES, *after = next + 2 * LANES;
    for (int lane = 0; lane < LANES; lane += 5) {
        if (after[lane] != NO_TRIANGLE) __builtin_prefetch(&picture->shade[after[lane]]);
        if (next[lane] == NO_TRIANGLE) continue;
        const ShadeTriangle *t = &picture->shade[next[lane]];
        for (int k = 0; k < 3; k++) __builtin_prefetch(attributes_of(context, t->v[k]));
    }
}

// What the next blocks see lies one after the other; their colours go to eight rows of three planes, far
// apart in memory. Ask for all of it in time.
static inline void fetch_rows(const Picture *picture, int px, int py, size_t number) {
    for (int row = 0; row < 2; row++) {
        for (int block = 4; block < 8; block++) {
            const size_t at = (number + (size_t)row * TILE_BLOCKS_X + block) * LANES;
            __builtin_prefetch(picture->depth + at);
            __builtin_prefetch(picture->triangle + at);
        }
    }
    const size_t to = (size_t)py * picture->stride + px + LANES;
    for (int row = 0; row < 8; row++) {
        const size_t at = to + (size_t)row * picture->stride;
        __builtin_prefetch(picture->red + at, 1);
        __builtin_prefetch(picture->green + at, 1);
        __builtin_prefetch(picture->blue + at, 1);
    }
}

// What a picture is shaded with, the same for all its blocks.
typedef struct {
    Context *context;
    Picture *picture;
    const Frame *frame;
    const View *view;
    Still *still;       // or NULL
    View coarse;        // the view of someone who sees half as sharp
    int beams;          // some lamp shows in the haze
    SkyLattice lattice; // of the tile that is shaded
    int sky_laid;
    uint8_t reached[TILE_BLOCKS];
} Shading;

// How the colour of a block was found: pixel by pixel, or one for every two by two.
enum { UNKNOWN, FINE, COARSE };

// A block shows still things alone, and nothing that moves reaches them.
static inline int left_alone(const Shading *s, size_t number) {
    const Still *still = s->still;
    if (!still || s->reached[number % TILE_BLOCKS]) return 0;
    const size_t at = number * LANES;
    return !still->touched[number / TILE_BLOCKS] || !mask_bits(*(const vint *)(s->picture->triangle + at) != *(const vint *)(still->triangle + at));
}

static inline int is_kept(const Still *still, size_t number, int how, const float *open) {
    return still->known[number] == how && memcmp(open, still->open + number * 4, 16) == 0;
}

static inline vec3 kept(const Still *still, size_t number) {
    const size_t at = number * LANES;
    return (vec3){*(const vfloat *)(still->colour[0] + at), *(const vfloat *)(still->colour[1] + at), *(const vfloat *)(still->colour[2] + at)};
}

static inline void keep(Still *still, size_t number, int how, const float *open, vec3 colour) {
    const size_t at = number * LANES;
    *(vfloat *)(still->colour[0] + at) = colour.x;
    *(vfloat *)(still->colour[1] + at) = colour.y;
    *(vfloat *)(still->colour[2] + at) = colour.z;
    memcpy(still->open + number * 4, open, 16);
    still->known[number] = (uint8_t)how;
}

// Light of sixteen points that may be seen in neighbouring pixels or in every other one.
static vec3 light_of(const Shading *s, const View *view, vint triangle, vfloat depth, vfloat x, vfloat y, vfloat openness, int *fleeting) {
    Points points;
    const uint32_t present = resolve(s->context, s->picture, view, triangle, depth, x, y, &points);
    *fleeting = (present & BIT(WATER)) != 0;
    return shade_points(s->context, s->frame, view, &points, present, openness, x, y, fleeting);
}

// Put a block in its place: the sky behind what is solid, and beams in the haze before it.
static void finish_block(Shading *s, int px, int py, int block, size_t number, vint covered, vec3 solid) {
    const View *view = s->view;
    Picture *picture = s->picture;
    const uint32_t bits = mask_bits(covered);
    const vfloat x = LANE_X + ((float)px + 0.5f), y = LANE_Y + ((float)py + 0.5f);
    vec3 ray = solid, colour = solid;
    if (bits != 0xffff || s->beams) {
        ray = normalize3((vec3){view->ray[0] + x * view->ray_x[0] + y * view->ray_y[0], view->ray[1] + x * view->ray_x[1] + y * view->ray_y[1],
                                view->ray[2] + x * view->ray_x[2] + y * view->ray_y[2]});
    }
    if (bits != 0xffff) {
        if (!s->sky_laid) lay_sky(&s->lattice, s->frame, s->context->geometry, view, px / TILE_WIDTH * TILE_WIDTH, py / TILE_HEIGHT * TILE_HEIGHT);
        s->sky_laid = 1;
        colour = select3(covered, solid, full_sky(&s->lattice, s->frame, s->context->geometry, view, block, ray));
    }
    if (s->beams) {
        const float *ahead = s->frame->forward;
        const vfloat along = ray.x * ahead[0] + ray.y * (view->mirrored ? -ahead[1] : ahead[1]) + ray.z * ahead[2];
        const vfloat depth = *(const vfloat *)(picture->depth + number * LANES);
        const vfloat distance = covered ? 1.f / (vmax(depth, splat(1e-7f)) * along) : splat(1000.f);
        colour = add3(colour, lamp_glow(s->frame, view->eye, ray, distance));
    }
    const size_t to = (size_t)py * picture->stride + px;
    store_rows(picture->red + to, picture->stride, storable(colour.x));
    store_rows(picture->green + to, picture->stride, storable(colour.y));
    store_rows(picture->blue + to, picture->stride, storable(colour.z));
}

static void shade_block(Shading *s, int px, int py, int block, size_t number) {
    if (px >= s->picture->width || py >= s->picture->height) return;
    const vint triangle = *(const vint *)(s->picture->triangle + number * LANES);
    const vint covered = triangle != splat_int(-1);
    vec3 colour = vec3_of(0.f, 0.f, 0.f);
    if (any(covered)) {
        const vfloat openness = s->view->mirrored ? splat(1.f) : openness_at(s->context, px, py);
        const float open[4] = {openness[0], openness[2], openness[8], openness[10]};
        const int alone = left_alone(s, number);
        if (alone && is_kept(s->still, number, FINE, open)) {
            colour = kept(s->still, number);
        } else {
            int fleeting;
            fetch_ahead(s->context, s->picture, number);
            colour = light_of(s, s->view, triangle, *(const vfloat *)(s->picture->depth + number * LANES), LANE_X + ((float)px + 0.5f),
                              LANE_Y + ((float)py + 0.5f), openness, &fleeting);
            if (alone && !fleeting) keep(s->still, number, FINE, open, colour);
        }
    }
    finish_block(s, px, py, block, number, covered, colour);
}

// Blur of so many half-size pixels hides that only one pixel of four was shaded.
#define COARSE_RADIUS 1.6f

#define STRAYS_MAX 12
static const int STEPS[4] = {0, 1, TILE_BLOCKS_X, TILE_BLOCKS_X + 1};  // to the blocks of a group

// Is everything in four neighbouring blocks well out of focus, and large enough not to fall between
// the pixels that are shaded? A lamp of one pixel that a moving camera finds and loses would twinkle;
// people carry no lamps.
static inline int may_be_coarse(const Shading *s, size_t number) {
    const float focus = 1.f / s->frame->focus_m, lens = s->frame->lens_px * 0.25f;
    vfloat least = splat(1e9f);
    for (int k = 0; k < 4; k++) least = vmin(least, vabs(*(const vfloat *)(s->picture->depth + (number + STEPS[k]) * LANES) - focus));
    if (any(least * lens < COARSE_RADIUS)) return 0;
    int strays = 0;
    for (int k = 0; k < 4; k++) {
        const vint triangle = *(const vint *)(s->picture->triangle + (number + STEPS[k]) * LANES);
        const vint chosen = __builtin_shufflevector(triangle, triangle, 0, 0, 7, 7, 0, 0, 7, 7, 13, 13, 10, 10, 13, 13, 10, 10);
        strays += __builtin_popcount(mask_bits((triangle != chosen) & (triangle < s->picture->rigged_from)));
    }
    return strays <= STRAYS_MAX;
}

// One pixel of every two by two of four blocks, the upper left and the lower right in turn, so that
// nothing is shifted; and how a value for each returns to the blocks.
static const vfloat LOWER_RIGHT = {0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0};
#define EVERY_OTHER(plane) \
    __builtin_shufflevector(__builtin_shufflevector((plane)[0], (plane)[1], 0, 7, 16, 23, 13, 10, 29, 26), \
                            __builtin_shufflevector((plane)[2], (plane)[3], 0, 7, 16, 23, 13, 10, 29, 26), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#define DOUBLED(a, k) \
    ((k) == 0   ? __builtin_shufflevector(a, a, 0, 0, 1, 1, 0, 0, 1, 1, 4, 4, 5, 5, 4, 4, 5, 5) \
     : (k) == 1 ? __builtin_shufflevector(a, a, 2, 2, 3, 3, 2, 2, 3, 3, 6, 6, 7, 7, 6, 6, 7, 7) \
     : (k) == 2 ? __builtin_shufflevector(a, a, 8, 8, 9, 9, 8, 8, 9, 9, 12, 12, 13, 13, 12, 12, 13, 13) \
                : __builtin_shufflevector(a, a, 10, 10, 11, 11, 10, 10, 11, 11, 14, 14, 15, 15, 14, 14, 15, 15))

// Four blocks out of focus, at half the sharpness.
static void shade_coarsely(Shading *s, int px, int py, int block, size_t number) {
    vint triangles[4];
    vfloat depths[4];
    float open[4][4];
    int alone = 1, found = 1;
    for (int k = 0; k < 4; k++) {
        const size_t own = number + STEPS[k];
        triangles[k] = *(const vint *)(s->picture->triangle + own * LANES);
        depths[k] = *(const vfloat *)(s->picture->depth + own * LANES);
        const float *row = s->context->half_open + (size_t)((py + k / 2 * 4) / 2) * s->context->half_stride + (px + k % 2 * 4) / 2;
        const float *next = row + s->context->half_stride;
        open[k][0] = row[0];
        open[k][1] = row[1];
        open[k][2] = next[0];
        open[k][3] = next[1];
        alone = alone && left_alone(s, own);
        found = found && alone && is_kept(s->still, own, COARSE, open[k]);
    }
    const vint triangle = EVERY_OTHER(triangles), covered = triangle != splat_int(-1);
    vec3 colour = vec3_of(0.f, 0.f, 0.f);
    if (!found && any(covered)) {
        const vfloat openness = {open[0][0], open[0][1], open[1][0], open[1][1], open[0][2], open[0][3], open[1][2], open[1][3],
                                 open[2][0], open[2][1], open[3][0], open[3][1], open[2][2], open[2][3], open[3][2], open[3][3]};
        int fleeting;
        colour = light_of(s, &s->coarse, triangle, EVERY_OTHER(depths), LANE_X * 2.f + LOWER_RIGHT + ((float)px + 0.5f),
                          LANE_Y * 2.f + LOWER_RIGHT + ((float)py + 0.5f), openness, &fleeting);
        alone = alone && !fleeting;
    }
    for (int k = 0; k < 4; k++) {
        const size_t own = number + STEPS[k];
        const vec3 part = found ? kept(s->still, own) : (vec3){DOUBLED(colour.x, k), DOUBLED(colour.y, k), DOUBLED(colour.z, k)};
        if (alone && !found) keep(s->still, own, COARSE, open[k], part);
        finish_block(s, px + k % 2 * 4, py + k / 2 * 4, block + STEPS[k], own, DOUBLED(covered, k), part);
    }
}

void shade_picture(Context *context, Picture *picture, const Frame *frame, const View *view) {
    Shading s = {.context = context, .picture = picture, .frame = frame, .view = view, .coarse = *view};
    s.still = picture->still.valid ? &picture->still : NULL;
    s.coarse.pixel_angle *= 2.f;
    for (int k = 0; k < frame->lamp_count; k++) s.beams |= frame->lamps[k].haze > 0.f && frame->fog_density > 1e-4f;
    const int focused = !view->mirrored && frame->lens_px > 0.f && frame->focus_m > 0.f;
    for (int tile = 0; tile < picture->tiles_x * picture->tiles_y; tile++) {
        if (!is_wanted(picture, tile)) continue;
        const int tile_x = tile % picture->tiles_x * TILE_WIDTH, tile_y = tile / picture->tiles_x * TILE_HEIGHT;
        s.sky_laid = 0;
        if (s.still) find_reached(context, picture, frame, tile, s.reached);
        for (int group = 0; group < TILE_BLOCKS / 4; group++) {
            const int bx = group % (TILE_BLOCKS_X / 2) * 2, by = group / (TILE_BLOCKS_X / 2) * 2, block = by * TILE_BLOCKS_X + bx;
            const int px = tile_x + bx * 4, py = tile_y + by * 4;
            const size_t number = (size_t)tile * TILE_BLOCKS + block;
            if (bx % 4 == 0) fetch_rows(picture, px, py, number);
            if (focused && px + 8 <= picture->width && py + 8 <= picture->height && may_be_coarse(&s, number)) {
                shade_coarsely(&s, px, py, block, number);
                continue;
            }
            shade_block(&s, px, py, block, number);
            shade_block(&s, px + 4, py, block + 1, number + 1);
            shade_block(&s, px, py + 4, block + TILE_BLOCKS_X, number + TILE_BLOCKS_X);
            shade_block(&s, px + 4, py + 4, block + TILE_BLOCKS_X + 1, number + TILE_BLOCKS_X + 1);
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
