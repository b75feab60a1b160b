// Rain, snow, dust, sparks: soft capsules between a head and a tail, behind what stands before them.
#include "kernel.h"

#define PARTICLE_FLOATS 11

typedef struct {
    float x, y, w;
} OnScreen;

static inline OnScreen on_screen(const View *view, float x, float y, float z) {
    const float w = view->w_row[0] * x + view->w_row[1] * y + view->w_row[2] * z + view->w_row[3];
    const float q = 1.f / fmaxf(w, 1e-4f);
    return (OnScreen){(view->x_row[0] * x + view->x_row[1] * y + view->x_row[2] * z + view->x_row[3]) * q,
                      (view->y_row[0] * x + view->y_row[1] * y + view->y_row[2] * z + view->y_row[3]) * q, w};
}

static void draw_capsule(Context *context, OnScreen head, OnScreen tail, float radius, float strength, const float *colour,
                         float opacity, float thickness_m) {
    Picture *picture = &context->main;
    const int x0 = (int)fmaxf(fminf(head.x, tail.x) - radius, 0.f), y0 = (int)fmaxf(fminf(head.y, tail.y) - radius, 0.f);
    const int x1 = (int)fminf(fmaxf(head.x, tail.x) + radius, (float)picture->width - 1.f);
    const int y1 = (int)fminf(fmaxf(head.y, tail.y) + radius, (float)picture->height - 1.f);
    const float ax = tail.x - head.x, ay = tail.y - head.y;
    const float inverse_square = 1.f / fmaxf(ax * ax + ay * ay, 1e-6f), inverse_radius = 1.f / radius;
    const float nearest = fminf(head.w, tail.w);
    const vfloat lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int y = y0; y <= y1; y++) {
        const float dy = (float)y + 0.5f - head.y;
        int from = x0, to = x1;
        if (fabsf(ay) > 1.f) {
            // Only the part of the row near the slanted axis.
            const float middle = head.x + ax * fminf(fmaxf(dy / ay, 0.f), 1.f);
            const float reach = radius * sqrtf(1.f + ax * ax / (ay * ay)) + 1.f;
            from = (int)fmaxf((float)from, middle - reach);
            to = (int)fminf((float)to, middle + reach);
        }
        const float *depth_row = context->half_depth + (size_t)(y / 2) * context->half_stride;
        for (int x = from; x <= to; x += LANES) {
            const vfloat dx = lane + ((float)x + 0.5f - head.x);
            const vfloat along = saturate((dx * ax + dy * ay) * inverse_square);
            const vfloat ox = dx - along * ax, oy = dy - along * ay;
            const vfloat off = saturate(1.f - vsqrt(ox * ox + oy * oy) * inverse_radius);
            vfloat scene;
            for (int k = 0; k < LANES; k++) scene[k] = depth_row[(x + k) / 2];
            const vfloat front = saturate((scene - nearest) / thickness_m);
            const vfloat last = lane <= (float)(to - x) ? splat(1.f) : splat(0.f);
            const vfloat cover = off * (2.f - off) * front * strength * last;
            const size_t at = (size_t)y * picture->stride + x;
            float *planes[3] = {picture->red + at, picture->green + at, picture->blue + at};
            for (int c = 0; c < 3; c++) {
                const vfloat old = *(vfloat_u *)planes[c];
                *(vfloat_u *)planes[c] = old * (1.f - cover * opacity) + cover * colour[c];
            }
        }
    }
}

void draw_particles(Context *context, const Frame *frame, const View *view) {
    const float width = view->width, height = view->height;
    for (int i = 0; i < frame->particle_count; i++) {
        const float *p = frame->particles + (size_t)i * PARTICLE_FLOATS;
        const OnScreen head = on_screen(view, p[0], p[1], p[2]);
        const OnScreen tail = on_screen(view, p[0] - p[3], p[1] - p[4], p[2] - p[5]);
        if (head.w < 0.25f || tail.w < 0.25f) continue;
        const float distance = 0.5f * (head.w + tail.w);
        const float wanted = 0.5f * p[6] / (distance * view->pixel_angle);
        const float radius = fminf(fmaxf(wanted, 0.85f), 0.06f * height);
        if (fmaxf(head.x, tail.x) + radius < 0.f || fminf(head.x, tail.x) - radius > width) continue;
        if (fmaxf(head.y, tail.y) + radius < 0.f || fminf(head.y, tail.y) - radius > height) continue;
        // What is thinner than a pixel is drawn a pixel wide and fainter; what nearly touches the
        // lens melts away.
        const float thin = fminf(wanted / radius, 1.f);
        const float strength = thin * fminf((distance - 0.25f) * 1.2f, 1.f) * fminf(radius / fmaxf(wanted, 1e-6f), 1.f);
        draw_capsule(context, head, tail, radius, strength, p + 7, p[10], fmaxf(p[6], 0.02f) * 2.f);
    }
}
