// What the parts of a finish share: its planes, and how they are read. See style.c.
#pragma once
#include "noise.h"

#define PAD 32

// The planes of a finish, each with a border of PAD on all sides.
enum { MEAN_RED, MEAN_GREEN, MEAN_BLUE, MEAN_SQUARE, SCRATCH, DEPTH, KEY, PACKED, PAPER, PLANES };

static inline int stride_of(const Context *context) { return context->main.stride + 2 * PAD; }

static inline float *plane_of(const Context *context, int plane, int y) {
    const size_t size = (size_t)stride_of(context) * (context->main.height + 2 * PAD);
    return context->finish_planes + plane * size + (size_t)(y + PAD) * stride_of(context) + PAD;
}

static inline float *colour_row(const Context *context, int channel, int y) {
    const Picture *p = &context->main;
    float *const planes[3] = {p->red, p->green, p->blue};
    return planes[channel] + (size_t)y * p->stride;
}

// Repeat the outermost pixels into the border.
static inline void extend(const Context *context, int plane) {
    const int width = context->main.width, height = context->main.height, stride = stride_of(context);
    for (int y = 0; y < height; y++) {
        int32_t *row = (int32_t *)plane_of(context, plane, y);
        for (int k = 1; k <= PAD; k++) row[-k] = row[0];
        for (int x = width; x < context->main.stride + PAD; x++) row[x] = row[width - 1];
    }
    for (int k = 1; k <= PAD; k++) {
        memcpy(plane_of(context, plane, -k) - PAD, plane_of(context, plane, 0) - PAD, (size_t)stride * 4);
        memcpy(plane_of(context, plane, height - 1 + k) - PAD, plane_of(context, plane, height - 1) - PAD, (size_t)stride * 4);
    }
}

INLINE vfloat byte_of(vint packed, int shift) { return to_float(shift_right(packed, shift) & 255) * (1.f / 255.f); }

// brush.c
void blur_plane(const Context *context, int plane, int reach, const float *weights);
void run_colours(const Context *context, const Finish *finish);
void dab(const Context *context, const Finish *finish);
void stroke(const Context *context, const Finish *finish);
void wash(const Context *context, const Finish *finish);
// ink.c
void lay_out_pieces(Context *context);
void drop_shadows(const Context *context, const Finish *finish);
void find_lines(const Context *context, const Frame *frame, const Finish *finish);
void draw_lines(const Context *context, const Finish *finish);
