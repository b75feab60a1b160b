// The mirror image: where it is looked at, and how it is made ready for ripples: a little soft, so
// that neighbouring ripples that look at different places do not sparkle, and packed, so that one
// gather brings all three colours.
#include "kernel.h"

static vfloat softened(const float *centre, int up, int down, int at_left, int at_right) {
    vfloat sum = splat(0.f);
    const int rows[3] = {-up, 0, down};
    static const float DOWN[3] = {0.25f, 0.5f, 0.25f};
    for (int k = 0; k < 3; k++) {
        const float *row = centre + rows[k];
        const vfloat here = *(const vfloat_u *)row;
        const vfloat left = at_left ? __builtin_shufflevector(here, here, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
                                    : *(const vfloat_u *)(row - 1);
        const vfloat right = at_right ? __builtin_shufflevector(here, here, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15)
                                      : *(const vfloat_u *)(row + 1);
        sum += (left * 0.25f + here * 0.5f + right * 0.25f) * DOWN[k];
    }
    return sum;
}

// Pixels of the mirror image that are drawn.
static void bounds_of(const Picture *p, int *x0, int *y0, int *x1, int *y1) {
    *x0 = p->wanted.x0 * TILE_WIDTH;
    *y0 = p->wanted.y0 * TILE_HEIGHT;
    *x1 = p->wanted.x1 * TILE_WIDTH < p->width ? p->wanted.x1 * TILE_WIDTH : p->width;
    *y1 = p->wanted.y1 * TILE_HEIGHT < p->height ? p->wanted.y1 * TILE_HEIGHT : p->height;
}

// May a triangle show the mirror image? By its first vertex, as the shader takes its surface.
static int may_mirror(const Context *context, const ShadeTriangle *triangle, float wetness) {
    const Geometry *g = context->geometry;
    for (int k = 0; k < 3; k++) {
        const uint32_t vertex = triangle->v[k], still = (uint32_t)g->static_vertices;
        const float *at = vertex < still ? g->attributes + (size_t)vertex * ATTRIBUTES : context->attributes + (size_t)(vertex - still) * ATTRIBUTES;
        if (k == 0 && ((int)at[AT_SURFACE] & 31) == WATER) return 1;
        if (wetness <= 0.01f) return 0;
        // Wet ground looks up somewhere.
        if (fabsf(at[AT_NORMAL + 1]) > 0.5f) return 1;
    }
    return 0;
}

// Half-size pixels that ripples of this strength reach for, times the height of the image. Those that
// reach further see the edge of what was drawn.
#define RIPPLES 0.07f

typedef struct {
    float x0, y0, x1, y1;
} Box;

// Widen the box by what the mirrors among some pixels of a tile may show.
static void find_in_tile(const Context *context, const Frame *frame, int tile, int *last, int *mirrors, Box *box) {
    const Picture *picture = &context->main;
    for (int block = 0; block < TILE_BLOCKS; block += block % TILE_BLOCKS_X == TILE_BLOCKS_X - 2 ? TILE_BLOCKS_X + 2 : 2) {
        const size_t at = (size_t)tile * TILE_PIXELS + block * LANES;
        const vint triangle = *(const vint *)(picture->triangle + at);
        int here = 0;
        for (uint32_t left = mask_bits((triangle != splat_int(-1)) & (triangle < picture->rigged_from)); left;) {
            const int number = triangle[__builtin_ctz(left)];
            left &= ~mask_bits(triangle == number);
            if (number != *last) *mirrors = may_mirror(context, &picture->shade[number], frame->wetness);
            *last = number;
            here |= *mirrors;
        }
        if (!here) continue;
        const float x = 0.5f * (float)(tile % picture->tiles_x * TILE_WIDTH + block % TILE_BLOCKS_X * 4);
        const float y = 0.5f * (float)(tile / picture->tiles_x * TILE_HEIGHT + block / TILE_BLOCKS_X * 4);
        const float distance = 1.f / fmaxf(__builtin_reduce_max(*(const vfloat *)(picture->depth + at)), 1e-4f);
        const float reach = RIPPLES * (float)context->mirror.height / (1.f + 0.06f * distance) + 6.f;
        *box = (Box){fminf(box->x0, x - reach), fminf(box->y0, y - 1.6f * reach), fmaxf(box->x1, x + reach), fmaxf(box->y1, y + 1.6f * reach)};
    }
}

// Find the part of the mirror image that the picture shows, and ask for no more; returns whether there
// is any. One block of four is looked at. People are no mirrors.
int find_mirrors(Context *context, const Frame *frame) {
    const Picture *picture = &context->main;
    Picture *mirror = &context->mirror;
    Box box = {1e9f, 1e9f, -1e9f, -1e9f};
    int last = -1, mirrors = 0;
    for (int tile = 0; tile < picture->tiles_x * picture->tiles_y; tile++) find_in_tile(context, frame, tile, &last, &mirrors, &box);
    if (box.x0 > box.x1) return 0;
    const TileArea all = all_tiles(mirror);
    mirror->wanted.x0 = (int)(fmaxf(box.x0, 0.f) / TILE_WIDTH);
    mirror->wanted.y0 = (int)(fmaxf(box.y0, 0.f) / TILE_HEIGHT);
    mirror->wanted.x1 = (int)fminf(box.x1 / TILE_WIDTH + 1.f, (float)all.x1);
    mirror->wanted.y1 = (int)fminf(box.y1 / TILE_HEIGHT + 1.f, (float)all.y1);
    return 1;
}

void soften_mirror(Context *context) {
    const Picture *p = &context->mirror;
    int x0, y0, x1, y1;
    bounds_of(p, &x0, &y0, &x1, &y1);
    for (int y = y0; y < y1; y++) {
        const int up = y > y0 ? p->stride : 0, down = y + 1 < y1 ? p->stride : 0;
        for (int x = x0; x < x1; x += LANES) {
            const size_t at = (size_t)y * p->stride + x;
            const int left = x == x0, right = x + LANES >= x1;
            const vec3 colour = {softened(p->red + at, up, down, left, right), softened(p->green + at, up, down, left, right),
                                 softened(p->blue + at, up, down, left, right)};
            *(vint_u *)(context->mirror_packed + at) = pack_rgbe(colour);
        }
    }
}
