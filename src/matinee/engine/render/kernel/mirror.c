// The mirror image made ready for ripples: a little soft, so that neighbouring ripples that look at
// different places do not sparkle, and packed, so that one gather brings all three colours.
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

void soften_mirror(Context *context) {
    const Picture *p = &context->mirror;
    for (int y = 0; y < p->height; y++) {
        const int up = y > 0 ? p->stride : 0, down = y + 1 < p->height ? p->stride : 0;
        for (int x = 0; x < p->width; x += LANES) {
            const size_t at = (size_t)y * p->stride + x;
            const int left = x == 0, right = x + LANES >= p->stride;
            const vec3 colour = {softened(p->red + at, up, down, left, right), softened(p->green + at, up, down, left, right),
                                 softened(p->blue + at, up, down, left, right)};
            *(vint_u *)(context->mirror_packed + at) = pack_rgbe(colour);
        }
    }
}
