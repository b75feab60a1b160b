// Moving things take their place: rigid meshes by one matrix, people by bones and morphs.
#include "kernel.h"

static void widen(Cluster *cluster, float x, float y, float z) {
    cluster->low[0] = fminf(cluster->low[0], x);
    cluster->low[1] = fminf(cluster->low[1], y);
    cluster->low[2] = fminf(cluster->low[2], z);
    cluster->high[0] = fmaxf(cluster->high[0], x);
    cluster->high[1] = fmaxf(cluster->high[1], y);
    cluster->high[2] = fmaxf(cluster->high[2], z);
}

static void clear_box(Cluster *cluster) {
    for (int k = 0; k < 3; k++) {
        cluster->low[k] = 1e30f;
        cluster->high[k] = -1e30f;
    }
}

// Move one vertex by a 3 by 4 matrix and write it where the rasteriser and the shader look.
static inline void place(Context *context, Cluster *cluster, int moving_vertex, const float *m, const float *p,
                         const float *n) {
    const float x = m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3];
    const float y = m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7];
    const float z = m[8] * p[0] + m[9] * p[1] + m[10] * p[2] + m[11];
    context->x[moving_vertex] = x;
    context->y[moving_vertex] = y;
    context->z[moving_vertex] = z;
    float *normal = context->attributes + (size_t)moving_vertex * ATTRIBUTES + AT_NORMAL;
    normal[0] = m[0] * n[0] + m[1] * n[1] + m[2] * n[2];
    normal[1] = m[4] * n[0] + m[5] * n[1] + m[6] * n[2];
    normal[2] = m[8] * n[0] + m[9] * n[1] + m[10] * n[2];
    widen(cluster, x, y, z);
}

static void pose_rigid(Context *context, Cluster *cluster, const float *matrix) {
    const Geometry *g = context->geometry;
    clear_box(cluster);
    for (int i = 0; i < cluster->vertex_count; i++) {
        const int moving = cluster->first_vertex - g->static_vertices + i;
        place(context, cluster, moving, matrix, g->rigid_positions + (size_t)moving * 3,
              g->rigid_normals + (size_t)moving * 3);
    }
}

static void pose_rigged(Context *context, Cluster *cluster, const Rig *rig, const float *bones, const float *morphs) {
    const int first = rig->first_vertex - context->geometry->static_vertices;
    float *morphed = context->morphed + (size_t)first * 6;
    for (int i = 0; i < rig->vertex_count; i++) {
        for (int k = 0; k < 3; k++) {
            morphed[i * 6 + k] = rig->rest_positions[i * 3 + k];
            morphed[i * 6 + 3 + k] = rig->rest_normals[i * 3 + k];
        }
    }
    for (int morph = 0; morph < rig->morph_count; morph++) {
        const float weight = morphs[morph];
        if (fabsf(weight) < 1e-4f) continue;
        for (int row = rig->morph_start[morph]; row < rig->morph_start[morph + 1]; row++) {
            float *to = morphed + (size_t)rig->morph_vertices[row] * 6;
            for (int k = 0; k < 6; k++) to[k] += weight * rig->morph_deltas[(size_t)row * 6 + k];
        }
    }
    clear_box(cluster);
    for (int i = 0; i < rig->vertex_count; i++) {
        float matrix[12] = {0};
        for (int k = 0; k < 4; k++) {
            const float weight = rig->weights[i * 4 + k];
            const float *bone = bones + rig->joints[i * 4 + k] * 12;
            for (int j = 0; j < 12; j++) matrix[j] += weight * bone[j];
        }
        place(context, cluster, first + i, matrix, morphed + (size_t)i * 6, morphed + (size_t)i * 6 + 3);
    }
}

void pose(Context *context, const Frame *frame) {
    const Geometry *g = context->geometry;
    for (int r = 0; r < g->rigid_count; r++) pose_rigid(context, &context->clusters[r], frame->rigid + (size_t)r * 12);
    for (int r = 0; r < g->rigged_count; r++) {
        pose_rigged(context, &context->clusters[g->rigid_count + r], &g->rigs[r], frame->bones[r], frame->morphs[r]);
    }
}
