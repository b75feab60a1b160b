// The finish: a developed picture becomes a drawing, a painting, a print or a cut-out.
//
// Everything here works on what the film shows, red, green and blue from 0 to 1, at full size, in
// the colour planes that the light no longer needs. Lengths come in pixels of this picture. What
// must not boil (paper, canvas, bristles) is laid over the picture once and stays where it is.
#include "style.h"

typedef uint8_t bytes16 __attribute__((ext_vector_type(16), aligned(1)));

// Paper and bristles, made once for a size: broad, middling and fine noise and threads, a byte each.
static void lay_paper(const Context *context, float pixels_per_tile) {
    const float scale = 1.f / pixels_per_tile;
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < context->main.height; y++) {
        for (int x = 0; x < context->main.width; x += LANES) {
            const vfloat u = (lane + (float)x) * scale, v = splat((float)y * scale);
            const uint32_t *texture = context->geometry->noise;
            const Noise wide = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS, u * 0.31f, v * 0.31f, splat(1.f));
            const Noise near = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS, u * 1.7f + 0.37f, v * 1.7f, splat(1.f));
            const Noise thread = sample_texture(texture, NOISE_SIZE, NOISE_LEVELS, u * 0.9f, v * 0.13f + 0.5f, splat(1.f));
            const vint bytes = to_int(saturate(wide.broad) * 255.f) | to_int(saturate(near.middle) * 255.f) << 8 |
                               to_int(saturate(near.fine) * 255.f) << 16 | to_int(saturate(thread.fine) * 255.f) << 24;
            *(vint_u *)(plane_of(context, PAPER, y) + x) = bytes;
        }
    }
    extend(context, PAPER);
}

static void make_planes(Context *context, const Finish *finish) {
    if (!context->finish_planes) {
        const size_t size = (size_t)stride_of(context) * (context->main.height + 2 * PAD);
        context->finish_planes = aligned_bytes(size * PLANES * 4);
        memset(context->finish_planes, 0, size * PLANES * 4);
    }
    if (context->finish_paper_px != finish->paper_px) {
        lay_paper(context, finish->paper_px);
        context->finish_paper_px = finish->paper_px;
    }
}

// From the film's luma and colour differences to red, green and blue, and back.
static void to_colour(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const size_t row = (size_t)y * p->stride;
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat luma = (__builtin_convertvector(*(bytes16 *)(context->luma + row + x), vfloat) - 16.f) * (1.f / 219.f);
            const vfloat blue = (__builtin_convertvector(*(bytes16 *)(context->blue_diff + row + x), vfloat) - 128.f) * (1.8556f / 224.f);
            const vfloat red = (__builtin_convertvector(*(bytes16 *)(context->red_diff + row + x), vfloat) - 128.f) * (1.5748f / 224.f);
            const vfloat r = luma + red, b = luma + blue;
            *(vfloat_u *)(p->red + row + x) = saturate(r);
            *(vfloat_u *)(p->green + row + x) = saturate((luma - 0.2126f * r - 0.0722f * b) * (1.f / 0.7152f));
            *(vfloat_u *)(p->blue + row + x) = saturate(b);
        }
    }
}

static void from_colour(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const size_t row = (size_t)y * p->stride;
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat r = saturate(*(vfloat_u *)(p->red + row + x)), g = saturate(*(vfloat_u *)(p->green + row + x)),
                         b = saturate(*(vfloat_u *)(p->blue + row + x));
            const vfloat luma = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            *(bytes16 *)(context->luma + row + x) = __builtin_convertvector(to_int(16.5f + 219.f * luma), bytes16);
            *(bytes16 *)(context->blue_diff + row + x) = __builtin_convertvector(to_int(128.5f + (b - luma) * (224.f / 1.8556f)), bytes16);
            *(bytes16 *)(context->red_diff + row + x) = __builtin_convertvector(to_int(128.5f + (r - luma) * (224.f / 1.5748f)), bytes16);
        }
    }
}

// Bring every colour towards the nearest of a palette, or towards a ramp of it by brightness.
static void choose_colours(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        for (int x = 0; x < p->width; x += LANES) {
            vfloat_u *red = (vfloat_u *)(colour_row(context, 0, y) + x), *green = (vfloat_u *)(colour_row(context, 1, y) + x),
                     *blue = (vfloat_u *)(colour_row(context, 2, y) + x);
            const vfloat r = *red, g = *green, b = *blue, grey = 0.3f * r + 0.59f * g + 0.11f * b;
            vfloat nr = splat(0.f), ng = splat(0.f), nb = splat(0.f);
            if (finish->ramp) {
                const float last = (float)(finish->colours - 1);
                for (int k = 0; k < finish->colours; k++) {
                    const vfloat share = saturate(1.f - vabs(grey * last - (float)k));
                    nr += share * finish->palette[3 * k];
                    ng += share * finish->palette[3 * k + 1];
                    nb += share * finish->palette[3 * k + 2];
                }
            } else {
                vfloat total = splat(0.f);
                for (int k = 0; k < finish->colours; k++) {
                    const float *c = finish->palette + 3 * k;
                    const float own = 0.3f * c[0] + 0.59f * c[1] + 0.11f * c[2];
                    // Brightness and hue apart: a dark blue is nearer to black than to sky blue.
                    const vfloat dy = grey - own, dr = (r - grey) - (c[0] - own), db = (b - grey) - (c[2] - own);
                    const vfloat away = dy * dy * 1.2f + dr * dr + db * db * 0.7f + 6e-4f;
                    const vfloat weight = 1.f / (away * away * away);
                    nr += weight * c[0];
                    ng += weight * c[1];
                    nb += weight * c[2];
                    total += weight;
                }
                nr /= total;
                ng /= total;
                nb /= total;
            }
            *red = mix(r, nr, splat(finish->pull));
            *green = mix(g, ng, splat(finish->pull));
            *blue = mix(b, nb, splat(finish->pull));
        }
    }
}

// A printer of woodblocks wipes ink off the block by hand: the sky is dark at the top and runs out
// towards the horizon.
static void wipe_sky(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        const float down = (float)y / ((float)p->height * 0.42f);
        if (down >= 1.f) return;
        const float ink = finish->bokashi * (1.f - down) * (1.f - down);
        const float *depth = plane_of(context, DEPTH, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vint sky = *(vfloat_u *)(depth + x) < 1e-6f;
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to, splat(finish->bokashi_colour[c]), sky ? splat(ink) : splat(0.f));
            }
        }
    }
}

// A drawing board's grid, fine and heavy, and a frame around it.
static vfloat grid_at(const Finish *finish, const Picture *p, int x, int y) {
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const vfloat u = (lane + ((float)x + 0.5f)) / finish->grid_px;
    const float v = ((float)y + 0.5f) / finish->grid_px, thin = 0.5f / finish->grid_px;
    const vfloat heavy_u = vabs(fract(u * 0.2f + 0.5f) - 0.5f) * 5.f, fine_u = vabs(fract(u + 0.5f) - 0.5f);
    const float heavy_v = fabsf(v * 0.2f - floorf(v * 0.2f + 0.5f)) * 5.f, fine_v = fabsf(v - floorf(v + 0.5f));
    vfloat line = (fine_u < thin) | splat_int(fine_v < thin ? -1 : 0) ? splat(0.10f) : splat(0.f);
    line = (heavy_u < thin * 1.4f) | splat_int(heavy_v < thin * 1.4f ? -1 : 0) ? splat(0.24f) : line;
    const float inset = finish->grid_px * 0.8f, wide = fmaxf(finish->grid_px * 0.06f, 1.f);
    const vfloat from_side = vmin(lane + (float)x, (float)(p->width - 1 - x) - lane);
    const float from_top = fminf((float)y, (float)(p->height - 1 - y));
    const vfloat frame = vabs(vmin(from_side, splat(from_top)) - inset);
    return vmin(from_side, splat(from_top)) < inset - wide ? splat(0.f) : (frame < wide ? splat(0.85f) : line);
}

// The sheet itself: its colour through thin tones, its grain, its fibres, and its margins.
static void lay_on_paper(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        const float from_top = fminf((float)y, (float)(p->height - 1 - y));
        for (int x = 0; x < p->width; x += LANES) {
            const vint texel = *(vint_u *)(paper + x);
            const vfloat bump = byte_of(*(vint_u *)(paper + x - 1 - stride), 16) - byte_of(texel, 16);
            const vfloat fibre = byte_of(texel, 24) - 0.5f;
            const vfloat grain = 1.f + finish->paper * (bump * 0.30f + fibre * finish->fibres * 0.30f + (byte_of(texel, 8) - 0.5f) * 0.10f);
            vfloat painted = splat(1.f);
            if (finish->border_px > 0.f) {
                const vfloat from_side = vmin(lane + (float)x, (float)(p->width - 1 - x) - lane);
                const vfloat inside = vmin(from_side, splat(from_top)) - finish->border_px * (0.45f + 1.1f * byte_of(texel, 0) + 0.5f * byte_of(texel, 8));
                painted = saturate(inside * 0.5f + 0.5f);
            }
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat tone = mix(splat(1.f), *to, painted);
                *to = tone * mix(splat(1.f), splat(finish->paper_colour[c]), splat(finish->paper > 0.f ? 1.f : 0.f)) * grain;
            }
            if (finish->grid_px > 0.f) {
                const vfloat line = grid_at(finish, p, x, y);
                for (int c = 0; c < 3; c++) {
                    vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                    *to = mix(*to, splat(finish->ink_colour[c]), line);
                }
            }
        }
    }
}

void apply_finish(Context *context, const Frame *frame) {
    const Finish *finish = frame->finish;
    if (!finish->draws) return;
    make_planes(context, finish);
    to_colour(context);
    if (finish->ink > 0.f || finish->shadow > 0.f || finish->bokashi > 0.f || finish->brush_px > 0.f) lay_out_pieces(context);
    if (finish->bleed_px > 0.f) run_colours(context, finish);
    if (finish->brush_px > 0.f) dab(context, finish);
    if (finish->stroke_px > 0.f && finish->brush_px > 0.f) stroke(context, finish);
    if (finish->edge > 0.f) wash(context, finish);
    if (finish->colours && finish->pull > 0.f) choose_colours(context, finish);
    if (finish->bokashi > 0.f) wipe_sky(context, finish);
    if (finish->shadow > 0.f) drop_shadows(context, finish);
    if (finish->ink > 0.f) {
        find_lines(context, frame, finish);
        draw_lines(context, finish);
    }
    if (finish->paper > 0.f || finish->grid_px > 0.f) lay_on_paper(context, finish);
    from_colour(context);
}

// Large pixels of few colours: each cell takes the palette's nearest colour after an ordered dither
// (Bayer 1973), so that nothing crawls while nothing moves.
static void lay_cells(const Finish *finish, uint8_t *out, int width, int height) {
    static const float BAYER[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    uint8_t *blue_plane = out + (size_t)width * height, *red_plane = blue_plane + (size_t)width * height / 4;
    const int cell = finish->cell_px, half = cell / 2;
    // The palette in the film's own terms, sixteen colours a vector.
    enum { VECTORS = (PALETTE_MAX + LANES - 1) / LANES };
    vfloat lumas[VECTORS], blues[VECTORS], reds[VECTORS];
    for (int k = 0; k < VECTORS * LANES; k++) {
        const float *c = finish->palette + 3 * (k < finish->colours ? k : 0);
        const float y = 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2];
        lumas[k / LANES][k % LANES] = 16.f + 219.f * y;
        blues[k / LANES][k % LANES] = 128.f + (c[2] - y) * (224.f / 1.8556f);
        reds[k / LANES][k % LANES] = 128.f + (c[0] - y) * (224.f / 1.5748f);
    }
    for (int top = 0; top < height; top += cell) {
        const int rows = top + cell <= height ? cell : height - top;
        for (int left = 0; left < width; left += cell) {
            const int columns = left + cell <= width ? cell : width - left;
            int luma = 0, blue = 0, red = 0, chroma_count = 0;
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++) luma += out[(size_t)(top + y) * width + left + x];
            for (int y = 0; y < half && top / 2 + y < height / 2; y++)
                for (int x = 0; x < half && left / 2 + x < width / 2; x++, chroma_count++) {
                    const size_t at = (size_t)(top / 2 + y) * (width / 2) + left / 2 + x;
                    blue += blue_plane[at];
                    red += red_plane[at];
                }
            const float dither = (BAYER[top / cell % 4 * 4 + left / cell % 4] + 0.5f) / 16.f - 0.5f;
            const float count = (float)(rows * columns), chroma = (float)(chroma_count ? chroma_count : 1);
            const float own_y = (float)luma / count + dither * finish->dither * 219.f;
            const float own_b = (float)blue / chroma, own_r = (float)red / chroma;
            vfloat away[VECTORS], least = splat(1e9f);
            for (int k = 0; k < VECTORS; k++) {
                const vfloat dy = lumas[k] - own_y, db = blues[k] - own_b, dr = reds[k] - own_r;
                away[k] = dy * dy + 2.2f * (db * db + 1.3f * dr * dr);
                least = vmin(least, away[k]);
            }
            const float nearest = __builtin_reduce_min(least);
            int best = 0;
            for (int k = VECTORS - 1; k >= 0; k--) {
                const uint32_t hits = mask_bits(away[k] <= splat(nearest));
                if (hits) best = k * LANES + __builtin_ctz(hits);
            }
            const int best_y = (int)(lumas[best / LANES][best % LANES] + 0.5f), best_b = (int)(blues[best / LANES][best % LANES] + 0.5f),
                      best_r = (int)(reds[best / LANES][best % LANES] + 0.5f);
            for (int y = 0; y < rows; y++) memset(out + (size_t)(top + y) * width + left, best_y, (size_t)columns);
            for (int y = 0; y < half && top / 2 + y < height / 2; y++)
                for (int x = 0; x < half && left / 2 + x < width / 2; x++) {
                    const size_t at = (size_t)(top / 2 + y) * (width / 2) + left / 2 + x;
                    blue_plane[at] = (uint8_t)best_b;
                    red_plane[at] = (uint8_t)best_r;
                }
        }
    }
}

// The grain of fast film: clumps of two pixels and more, strongest in the middle tones.
static void lay_grain(const Finish *finish, uint8_t *out, int width, int height) {
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const int shift = finish->grain_px > 1.6f ? 1 : 0;
    for (int y = 0; y < height; y++) {
        uint8_t *row = out + (size_t)y * width;
        for (int x = 0; x < width; x += LANES) {
            const int salt = (int)(finish->seed * 2654435761u);
            const vint fine = hash_lanes(lane + x + salt, splat_int(y) + salt);
            const vint clump = hash_lanes(((lane + x + (y & 1)) >> shift) + salt, (splat_int(y) >> shift) - salt);
            const vfloat noise = to_float((fine & 0xffff) + (clump & 0xffff) * 2) * (1.f / 65535.f) - 1.5f;
            bytes16 old;
            const int left = width - x;
            if (left >= LANES) old = *(const bytes16 *)(row + x);
            else for (int k = 0; k < LANES; k++) old[k] = k < left ? row[x + k] : 16;
            const vfloat luma = __builtin_convertvector(old, vfloat), tone = (luma - 16.f) * (1.f / 219.f);
            const vfloat strength = finish->grain * (0.30f + 2.8f * tone * (1.f - tone)) * 219.f;
            const bytes16 grained = __builtin_convertvector(to_int(vclamp(luma + noise * strength + 0.5f, 16.f, 235.f)), bytes16);
            if (left >= LANES) *(bytes16 *)(row + x) = grained;
            else for (int k = 0; k < left; k++) row[x + k] = grained[k];
        }
    }
}

// What is done to the finished frame: coarse pixels, coarse grain.
void finish_planes(const Context *context, const Finish *finish, uint8_t *out) {
    const Picture *p = &context->main;
    if (finish->cell_px > 1) lay_cells(finish, out, p->width, p->height);
    if (finish->grain > 0.f) lay_grain(finish, out, p->width, p->height);
}
