// Anti-aliasing of the developed picture: FXAA 3.11 (Lottes 2011), on the pixels of edges alone.
#include <stdlib.h>
#include "kernel.h"

// How far along an edge each step of the search looks: closely at first, then in leaps, as in the
// quality presets of FXAA.
#define SEARCH_STEPS 7
static const int SEARCH[SEARCH_STEPS] = {1, 2, 3, 4, 6, 8, 11};

// The luma around sixteen pixels of one row; a value lies at `base[at]`, its neighbours next to it.
typedef struct {
    const uint8_t *base;
    vint at;
} Luma;

// Four bytes from `offset` on, of each pixel; the first is the lowest.
INLINE vint four_from(Luma l, vint offset) { return gather_bytes(l.base, l.at + offset); }
INLINE vint byte_of(vint four, int number) { return shift_right(four, 8 * number) & 255; }
INLINE vint magnitude(vint a) { return a < 0 ? -a : a; }
INLINE vint vmin_int(vint a, vint b) { return a < b ? a : b; }
INLINE vint vmax_int(vint a, vint b) { return a > b ? a : b; }

typedef struct {
    vint reach;
    vfloat end;
} Search;

// Walk along an edge until its contrast ends: how many steps, and what the last pair differed by.
static Search walk(Luma l, vint step, vint side, vint room, vfloat middle, vfloat limit, vint wanted) {
    Search s = {splat_int(0), splat(0.f)};
    vint going = wanted, offset = splat_int(0);
    for (int k = 0; k < SEARCH_STEPS && any(going); k++) {
        s.reach = going ? splat_int(SEARCH[k]) : s.reach;
        going &= room >= SEARCH[k];
        offset = going ? step * SEARCH[k] : offset;
        const vint pair = (four_from(l, offset) & 255) + (four_from(l, offset + side) & 255);
        const vfloat end = 0.5f * to_float(pair) - middle;
        s.end = going ? end : s.end;
        going &= vabs(end) < limit;
    }
    return s;
}

// How far and towards which neighbour pixels on edges are blended: walk along the edge to both ends
// and find how much of the pixel the other side covers. `x` and `y` place them in the picture.
static vfloat edge_blend(Luma l, int stride, vint x, int y, int width, int height, vint wanted, vint *neighbour) {
    const vint rows = splat_int(stride);
    const vint above = four_from(l, -rows - 1), row = four_from(l, splat_int(-1)), below = four_from(l, rows - 1);
    const vint nw = byte_of(above, 0), n = byte_of(above, 1), ne = byte_of(above, 2);
    const vint w = byte_of(row, 0), m = byte_of(row, 1), e = byte_of(row, 2);
    const vint sw = byte_of(below, 0), s = byte_of(below, 1), se = byte_of(below, 2);
    const vint across = magnitude(nw + sw - 2 * w) + 2 * magnitude(n + s - 2 * m) + magnitude(ne + se - 2 * e);
    const vint down = magnitude(nw + ne - 2 * n) + 2 * magnitude(w + e - 2 * m) + magnitude(sw + se - 2 * s);
    const vint horizontal = across >= down;
    const vint back = horizontal ? n : w, front = horizontal ? s : e;
    const vint step = horizontal ? rows : splat_int(1), along = horizontal ? splat_int(1) : rows;
    const vint back_steep = magnitude(back - m), front_steep = magnitude(front - m), backward = back_steep >= front_steep;
    const vint side = backward ? -step : step;
    const vfloat limit = 0.25f * to_float(backward ? back_steep : front_steep);
    const vfloat centre = to_float(m), middle = 0.5f * to_float(m + (backward ? back : front));
    const vint room_back = horizontal ? x - 1 : splat_int(y - 1), room_front = horizontal ? width - 2 - x : splat_int(height - 2 - y);
    const Search to_back = walk(l, -along, side, room_back, middle, limit, wanted), to_front = walk(l, along, side, room_front, middle, limit, wanted);
    const vint nearer_back = to_back.reach < to_front.reach;
    const vfloat end = nearer_back ? to_back.end : to_front.end;
    const vint nearest = nearer_back ? to_back.reach : to_front.reach;
    const vint crosses = (end < 0.f) != (centre - middle < 0.f);
    const vfloat by_length = crosses ? 0.5f - to_float(nearest) / to_float(vmax_int(to_back.reach + to_front.reach, splat_int(1))) : splat(0.f);
    const vint highest = vmax_int(vmax_int(vmax_int(n, s), vmax_int(w, e)), m), lowest = vmin_int(vmin_int(vmin_int(n, s), vmin_int(w, e)), m);
    const vfloat mean = to_float(2 * (n + s + w + e) + nw + ne + sw + se) * (1.f / 12.f);
    vfloat alone = vmin(vabs(mean - centre) / vmax(to_float(highest - lowest), splat(1.f)), splat(1.f));
    alone = alone * alone * (3.f - 2.f * alone);
    alone = alone * alone * 0.6f;
    *neighbour = side;
    return vmax(by_length, alone);
}

static void find_edges(const uint8_t *restrict up, const uint8_t *restrict row, const uint8_t *restrict down,
                       uint8_t *restrict edge, int width) {
    HOT_LOOP
    for (int x = 1; x < width - 1; x++) {
        uint8_t high = up[x] > down[x] ? up[x] : down[x], low = up[x] < down[x] ? up[x] : down[x];
        high = high > row[x - 1] ? high : row[x - 1];
        high = high > row[x + 1] ? high : row[x + 1];
        high = high > row[x] ? high : row[x];
        low = low < row[x - 1] ? low : row[x - 1];
        low = low < row[x + 1] ? low : row[x + 1];
        low = low < row[x] ? low : row[x];
        const uint8_t range = (uint8_t)(high - low), limit = (uint8_t)(high >> 3);
        edge[x] = range > (limit > 12 ? limit : 12);
    }
}

static inline uint8_t blended(const uint8_t *plane, int neighbour, float share) {
    return (uint8_t)((float)plane[0] + ((float)plane[neighbour] - (float)plane[0]) * share + 0.5f);
}

// Where the edges of a row are, in order; the list is filled up with a harmless place.
static int gather_edges(const uint8_t *edge, int width, int32_t *places) {
    int count = 0;
    for (int x = 1; x < width - 1; x += 8) {
        // Most rows have long runs without edges: leap over eight pixels at a time.
        uint64_t eight;
        memcpy(&eight, edge + x, 8);
        if (x + 8 > width - 1) eight &= ~0ull >> (8 * (x + 8 - (width - 1)));
        for (; eight; eight &= eight - 1) {
            const int byte = __builtin_ctzll(eight) / 8;
            places[count++] = x + byte;
        }
    }
    for (int k = 0; k < LANES; k++) places[count + k] = 1;
    return count;
}

static const vint LANE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

void antialias(Context *context, uint8_t *out) {
    const Picture *p = &context->main;
    const int width = p->width, height = p->height, stride = p->stride;
    uint8_t *edge = (uint8_t *)context->post_rows;
    // Colour differences of two finished rows, to be averaged to 4:2:0.
    uint8_t *rows[4];
    for (int k = 0; k < 4; k++) rows[k] = edge + (size_t)(k + 1) * (stride + 64);
    int32_t *places = (int32_t *)context->post_rows + 2 * (stride + 64);
    uint8_t *blue_out = out + (size_t)width * height, *red_out = blue_out + (size_t)width * height / 4;
    for (int y = 0; y < height; y++) {
        const uint8_t *luma = context->luma + (size_t)y * stride;
        const uint8_t *blue = context->blue_diff + (size_t)y * stride, *red = context->red_diff + (size_t)y * stride;
        uint8_t *to = out + (size_t)y * width, *blue_row = rows[y & 1], *red_row = rows[2 + (y & 1)];
        memcpy(to, luma, (size_t)width);
        memcpy(blue_row, blue, (size_t)width);
        memcpy(red_row, red, (size_t)width);
        if (y > 0 && y < height - 1) {
            find_edges(luma - stride, luma, luma + stride, edge, width);
            const int count = gather_edges(edge, width, places);
            for (int first = 0; first < count; first += LANES) {
                const vint wanted = LANE + first < count, x = *(const vint_u *)(places + first);
                vint neighbours;
                const vfloat shares = edge_blend((Luma){luma, x}, stride, x, y, width, height, wanted, &neighbours);
                for (uint32_t left = mask_bits(wanted & (shares >= 0.02f)); left; left &= left - 1) {
                    const int lane = __builtin_ctz(left), at = x[lane], neighbour = neighbours[lane];
                    const float share = shares[lane];
                    to[at] = blended(luma + at, neighbour, share);
                    blue_row[at] = blended(blue + at, neighbour, share);
                    red_row[at] = blended(red + at, neighbour, share);
                }
            }
        }
        if (y & 1) {
            for (int plane = 0; plane < 2; plane++) {
                const uint8_t *restrict upper = rows[plane * 2], *restrict lower = rows[plane * 2 + 1];
                uint8_t *restrict line = (plane ? red_out : blue_out) + (size_t)(y / 2) * (width / 2);
                HOT_LOOP
                for (int x = 0; x < width / 2; x++) {
                    line[x] = (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
                }
            }
        }
    }
}
