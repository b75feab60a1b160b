// Brushes: colour that runs, dabs, strokes of thick paint, and washes of thin.
#include "style.h"

// A colour in 32 bits, with the bristle noise in the last byte, for filters that reach far.
static void pack_colours(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        int32_t *to = (int32_t *)plane_of(context, PACKED, y);
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            vint packed = *(vint_u *)(paper + x) & (int)0xff000000;
            for (int c = 0; c < 3; c++) packed |= to_int(saturate(*(vfloat_u *)(colour_row(context, c, y) + x)) * 255.f + 0.5f) << (8 * c);
            *(vint_u *)(to + x) = packed;
        }
    }
    extend(context, PACKED);
}

// Wet colour runs: every pixel is fetched from a little way off, along slow noise.
void run_colours(const Context *context, const Finish *finish) {
    const float reach = finish->bleed_px;
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    pack_colours(context);
    const int32_t *from = (const int32_t *)plane_of(context, PACKED, 0);
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vint texel = *(vint_u *)(paper + x);
            const vfloat dx = (byte_of(texel, 0) + 0.5f * byte_of(texel, 8) - 0.75f) * (2.2f * reach);
            const vfloat dy = (byte_of(*(vint_u *)(paper + x - 23), 0) + 0.5f * byte_of(*(vint_u *)(paper + x - 17), 8) - 0.75f) * (2.2f * reach);
            const vint at = (to_int(vclamp(dy, -PAD + 1.f, PAD - 1.f) + (float)(y + PAD)) - PAD) * stride + lane + x +
                            to_int(vclamp(dx, -PAD + 1.f, PAD - 1.f) + (float)PAD) - PAD;
            const vint colour = gather_int(from, at);
            for (int c = 0; c < 3; c++) *(vfloat_u *)(colour_row(context, c, y) + x) = byte_of(colour, 8 * c);
        }
    }
}

enum { TAPS_MAX = 25 };

void blur_plane(const Context *context, int plane, int reach, const float *weights) {
    const int width = context->main.width, height = context->main.height, stride = stride_of(context);
    for (int y = 0; y < height; y++) {
        const float *from = plane_of(context, plane, y);
        float *to = plane_of(context, SCRATCH, y);
        for (int x = 0; x < width; x += LANES) {
            vfloat sum = splat(0.f);
            for (int k = -reach; k <= reach; k++) sum += *(vfloat_u *)(from + x + k) * weights[k + reach];
            *(vfloat_u *)(to + x) = sum;
        }
    }
    extend(context, SCRATCH);
    for (int y = 0; y < height; y++) {
        const float *from = plane_of(context, SCRATCH, y);
        float *to = plane_of(context, plane, y);
        for (int x = 0; x < width; x += LANES) {
            vfloat sum = splat(0.f);
            for (int k = -reach; k <= reach; k++) sum += *(vfloat_u *)(from + x + k * stride) * weights[k + reach];
            *(vfloat_u *)(to + x) = sum;
        }
    }
    extend(context, plane);
}

// Means and mean squares around every pixel, by a Gaussian of that deviation.
static void gather_means(const Context *context, float deviation) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        float *red = plane_of(context, MEAN_RED, y), *green = plane_of(context, MEAN_GREEN, y), *blue = plane_of(context, MEAN_BLUE, y);
        float *square = plane_of(context, MEAN_SQUARE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat r = *(vfloat_u *)(colour_row(context, 0, y) + x), g = *(vfloat_u *)(colour_row(context, 1, y) + x),
                         b = *(vfloat_u *)(colour_row(context, 2, y) + x);
            *(vfloat_u *)(red + x) = r;
            *(vfloat_u *)(green + x) = g;
            *(vfloat_u *)(blue + x) = b;
            *(vfloat_u *)(square + x) = r * r + g * g + b * b;
        }
    }
    const int reach = (int)fminf(ceilf(deviation * 2.2f), (float)(TAPS_MAX / 2));
    float weights[TAPS_MAX], total = 0.f;
    for (int k = -reach; k <= reach; k++) total += weights[k + reach] = expf(-0.5f * (float)(k * k) / (deviation * deviation));
    for (int k = 0; k <= 2 * reach; k++) weights[k] /= total;
    for (int plane = MEAN_RED; plane <= MEAN_SQUARE; plane++) {
        extend(context, plane);
        blur_plane(context, plane, reach, weights);
    }
}

// Brush dabs: the generalised Kuwahara filter (Papari, Petkov and Campisi 2007), whose sectors are
// Gaussians set off in eight directions. A pixel takes the colour of the calmest neighbourhoods. On
// faces and hands, where a painter takes the finer brush, most of the drawing stays.
void dab(const Context *context, const Finish *finish) {
    const float radius = finish->brush_px;
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const int first_alive = (2 + context->geometry->rigid_count) << 12;
    gather_means(context, fmaxf(radius * 0.42f, 0.7f));
    int offsets[8];
    for (int k = 0; k < 8; k++) {
        const float angle = 0.3926991f + 0.7853982f * (float)k;
        offsets[k] = (int)lrintf(sinf(angle) * radius) * stride + (int)lrintf(cosf(angle) * radius);
    }
    for (int y = 0; y < p->height; y++) {
        const float *red = plane_of(context, MEAN_RED, y), *green = plane_of(context, MEAN_GREEN, y), *blue = plane_of(context, MEAN_BLUE, y);
        const float *square = plane_of(context, MEAN_SQUARE, y);
        for (int x = 0; x < p->width; x += LANES) {
            vfloat r = splat(0.f), g = splat(0.f), b = splat(0.f), total = splat(0.f);
            for (int k = 0; k < 8; k++) {
                const int at = x + offsets[k];
                const vfloat mr = *(vfloat_u *)(red + at), mg = *(vfloat_u *)(green + at), mb = *(vfloat_u *)(blue + at);
                const vfloat unrest = vmax(*(vfloat_u *)(square + at) - mr * mr - mg * mg - mb * mb, splat(0.f)) + 4e-4f;
                const vfloat calm = 1.f / (unrest * unrest), weight = calm * calm;
                r += mr * weight;
                g += mg * weight;
                b += mb * weight;
                total += weight;
            }
            const vint key = *(vint_u *)(plane_of(context, KEY, y) + x);
            const vint face = ((shift_right(key, 1) & 31) == SKIN) & (key >= (2 << 12));
            const vint fur = ((shift_right(key, 1) & 31) == HAIR) & (key >= first_alive);
            const vfloat share = face ? splat(0.3f) : (fur ? splat(0.6f) : splat(1.f));
            const vfloat painted[3] = {r / total, g / total, b / total};
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                *to = mix(*to, painted[c], share);
            }
        }
    }
}

// The direction of strokes: along edges, by the smoothed structure tensor (Kass and Witkin 1987);
// where nothing has a direction, along slow noise, so that skies are brushed too.
static void find_flow(const Context *context) {
    const Picture *p = &context->main;
    for (int y = 0; y < p->height; y++) {
        float *luma = plane_of(context, SCRATCH, y);
        for (int x = 0; x < p->width; x += LANES) {
            *(vfloat_u *)(luma + x) = 0.3f * *(vfloat_u *)(colour_row(context, 0, y) + x) + 0.59f * *(vfloat_u *)(colour_row(context, 1, y) + x) +
                                      0.11f * *(vfloat_u *)(colour_row(context, 2, y) + x);
        }
    }
    extend(context, SCRATCH);
    const int stride = stride_of(context);
    for (int y = 0; y < p->height; y++) {
        const float *luma = plane_of(context, SCRATCH, y);
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        float *along = plane_of(context, MEAN_RED, y), *across = plane_of(context, MEAN_GREEN, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat dx = *(vfloat_u *)(luma + x + 1) - *(vfloat_u *)(luma + x - 1);
            const vfloat dy = *(vfloat_u *)(luma + x + stride) - *(vfloat_u *)(luma + x - stride);
            const vfloat turn = byte_of(*(vint_u *)(paper + x), 0) * 1.6f - 0.3f;
            // The tensor as a doubled angle: dx^2 - dy^2 and 2 dx dy.
            *(vfloat_u *)(along + x) = dx * dx - dy * dy + 6e-5f * sin_turns(turn + 0.25f);
            *(vfloat_u *)(across + x) = 2.f * dx * dy + 6e-5f * sin_turns(turn);
        }
    }
    static const float TENT[] = {0.04f, 0.08f, 0.12f, 0.16f, 0.2f, 0.16f, 0.12f, 0.08f, 0.04f};
    for (int plane = MEAN_RED; plane <= MEAN_GREEN; plane++) {
        extend(context, plane);
        blur_plane(context, plane, 4, TENT);
    }
}

// Draw colour and bristles out along the flow, and light the ridges of paint from the upper left.
void stroke(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    const vint lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    enum { TAPS = 9 };
    find_flow(context);
    pack_colours(context);
    for (int y = 0; y < p->height; y++) {
        const int32_t *from = (const int32_t *)plane_of(context, PACKED, y);
        const float *along = plane_of(context, MEAN_RED, y), *across = plane_of(context, MEAN_GREEN, y);
        float *ridge = plane_of(context, MEAN_BLUE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat c2 = *(vfloat_u *)(along + x), s2 = *(vfloat_u *)(across + x);
            const vfloat length = vsqrt(c2 * c2 + s2 * s2) + 1e-12f;
            // Half the doubled angle, turned by a right angle: from the gradient to the edge.
            const vfloat gx = vsqrt(vmax(0.5f + 0.5f * c2 / length, splat(0.f)));
            const vfloat gy_size = vsqrt(vmax(0.5f - 0.5f * c2 / length, splat(0.f)));
            const vfloat gy = s2 < 0.f ? -gy_size : gy_size;
            const vint key = *(vint_u *)(plane_of(context, KEY, y) + x);
            const vint face = ((shift_right(key, 1) & 31) == SKIN) & (key >= (2 << 12));
            const vfloat step = (face ? splat(0.45f) : splat(1.f)) * (finish->stroke_px * 2.f / (TAPS - 1));
            vfloat sum[4] = {splat(0.f), splat(0.f), splat(0.f), splat(0.f)};
            for (int k = 0; k < TAPS; k++) {
                const vfloat reach = step * (float)(k - TAPS / 2);
                const vint ox = to_int(vclamp(-gy * reach, 1.f - PAD, PAD - 1.f) + (PAD + 0.5f)) - PAD;
                const vint oy = to_int(vclamp(gx * reach, 1.f - PAD, PAD - 1.f) + (PAD + 0.5f)) - PAD;
                const vint texel = gather_int(from, oy * stride + ox + lane + x);
                for (int c = 0; c < 4; c++) sum[c] += byte_of(texel, 8 * c);
            }
            for (int c = 0; c < 3; c++) *(vfloat_u *)(colour_row(context, c, y) + x) = sum[c] * (1.f / TAPS);
            *(vfloat_u *)(ridge + x) = sum[3] * (1.f / TAPS);
        }
    }
    extend(context, MEAN_BLUE);
    for (int y = 0; y < p->height; y++) {
        const float *ridge = plane_of(context, MEAN_BLUE, y);
        for (int x = 0; x < p->width; x += LANES) {
            const vfloat here = *(vfloat_u *)(ridge + x);
            const vfloat slope = *(vfloat_u *)(ridge + x - 1 - stride) - *(vfloat_u *)(ridge + x + 1 + stride);
            const vfloat light = finish->relief * (slope * -1.3f + (here - 0.5f) * 0.35f);
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat old = *to;
                *to = old + light * (0.10f + old * (1.15f - 0.75f * old));
            }
        }
    }
}

// Pigment gathers where a wash ends and in the hollows of the paper; the more of it, the darker
// (the density model of Bousseau and others 2006). The lightest tones are left to the paper.
void wash(const Context *context, const Finish *finish) {
    const Picture *p = &context->main;
    const int stride = stride_of(context);
    gather_means(context, fmaxf(finish->edge_px, 0.6f));
    const int reach = (int)fmaxf(finish->edge_px + 0.5f, 1.f);
    for (int y = 0; y < p->height; y++) {
        const int32_t *paper = (const int32_t *)plane_of(context, PAPER, y);
        for (int x = 0; x < p->width; x += LANES) {
            vfloat steep = splat(0.f);
            for (int c = 0; c < 3; c++) {
                const float *mean = plane_of(context, MEAN_RED + c, y) + x;
                steep += vabs(*(vfloat_u *)(mean + reach) - *(vfloat_u *)(mean - reach)) +
                         vabs(*(vfloat_u *)(mean + reach * stride) - *(vfloat_u *)(mean - reach * stride));
            }
            const vint texel = *(vint_u *)(paper + x);
            const vfloat density = finish->edge * (vmin(steep * 1.6f, splat(1.4f)) + (byte_of(texel, 0) - 0.5f) * 0.9f + (byte_of(texel, 8) - 0.5f) * 0.35f);
            for (int c = 0; c < 3; c++) {
                vfloat_u *to = (vfloat_u *)(colour_row(context, c, y) + x);
                const vfloat thin = 1.f - (1.f - *to) * finish->thin, pale = saturate(thin);
                *to = saturate(pale - pale * (1.f - pale) * density);
            }
        }
    }
}
