// The values that pass between Python and the kernel, and between the stages of a frame.
//
// Pixels are kept in blocks of 4 by 4, one block a vector, and blocks in tiles of 64 by 32, so that
// a tile's depth and triangle numbers (16 KB) stay in the first-level cache while it is drawn. The
// layouts of Cluster, Rig, Geometry, ShadowMap and Frame are mirrored in native.py.
#pragma once
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include "simd.h"

#define TILE_WIDTH 64
#define TILE_HEIGHT 32
#define TILE_PIXELS (TILE_WIDTH * TILE_HEIGHT)
#define TILE_BLOCKS_X (TILE_WIDTH / 4)
#define TILE_BLOCKS (TILE_PIXELS / LANES)
#define NO_TRIANGLE 0xffffffffu
#define NEAR_M 0.04f
#define LAMPS_MAX 8
#define NOISE_SIZE 256
#define CLOUD_SIZE 512
#define SHADOW_MAPS 3
#define SHADOW_CELL 8
#define CELL_FLOATS 8
#define CELL_NEAREST 5
#define CELL_OWN_NEAREST 6
#define STAGES 14

// One vertex as the shader reads it: a cache line of sixteen floats.
enum {
    AT_NORMAL = 0,
    AT_OCCLUSION = 3,
    AT_ALBEDO = 4,
    AT_ROUGHNESS = 7,
    AT_LIGHT = 8,
    AT_EMISSION = 11,
    AT_REST = 12,
    AT_SURFACE = 15,  // surface + 32 * axis along which the vertex mostly faces
    ATTRIBUTES = 16
};

enum {
    PLAIN, STONE, SAND, EARTH, GRASS, FOLIAGE, WOOD, PLASTER, BRICK, TILES, ASPHALT, FACADE, CLOTH, SKIN,
    HAIR, EYE, METAL, GLASS, WATER, SCREEN, SNOW, PAINT, CLAY, PHOTO, BACKDROP
};

// A run of triangles and vertices that lie together and are culled together.
typedef struct {
    float low[3], high[3];
    int32_t first_vertex, vertex_count, first_triangle, triangle_count, part, pad;
} Cluster;

// How the vertices of one rigged mesh follow its bones and morphs.
typedef struct {
    int32_t first_vertex, vertex_count, morph_count, pad;
    const float *rest_positions, *rest_normals;  // (n, 3), packed
    const uint8_t *joints;                       // (n, 4)
    const float *weights;                        // (n, 4)
    const int32_t *morph_start;                  // (k + 1,) first row of each morph
    const int32_t *morph_vertices;               // (rows,)
    const float *morph_deltas;                   // (rows, 6) position and normal
} Rig;

// Everything that no frame changes; shared by all contexts.
typedef struct {
    int32_t static_vertices, vertices, triangles, static_clusters, rigid_count, rigged_count;
    const float *x, *y, *z;            // static positions
    const float *attributes;           // (static_vertices, 16)
    const float *dynamic_attributes;   // (vertices - static_vertices, 16), rest pose
    const uint32_t *triangle_vertices; // (triangles, 3)
    const Cluster *clusters;           // static ones, then one per rigid, then one per rigged mesh
    const float *rigid_positions, *rigid_normals;  // (rigid vertices, 3), rest
    const Rig *rigs;
    const uint32_t *noise;  // RGBA8 with all its mip levels
    const uint32_t *sheet;  // photographs, as `noise`; NULL without any
    int32_t sheet_size, sheet_levels;
} Geometry;

// An orthographic depth map seen from the sun; distances in metres along the light.
typedef struct {
    float to_x[4], to_y[4], to_depth[4];  // world to texels and to depth
    float texel_m;
    int32_t size, enabled, pad;
    float *depth;   // (size + 16 rows, size)
    float *cells;   // (size / 8, size / 8, 8) mean, slope across and down, lowest and highest above it, nearest around and in it
} ShadowMap;

typedef struct {
    float position[3], radiance[3], direction[3];
    float radius_m, cos_outer, cos_inner;  // cos_outer below -1: a point lamp
    float haze;                            // how much of its light haze scatters, 0..1
} Lamp;

#define PALETTE_MAX 40

// How a picture is drawn instead of photographed (style.c). Lengths in pixels; 0 leaves a part out.
typedef struct {
    float mixer[9];  // rows: what the film's red, green and blue see of the scene's light
    float tone_stops, tone_soft, tone_floor, gloss;  // light in steps of so many stops
    float brush_px, stroke_px, relief;
    float edge, edge_px, bleed_px, thin;
    float ink, ink_px, ink_colour[3], crease, ink_far_m, wobble_px, skip;
    float shadow, shadow_px;
    float paper, paper_px, fibres, paper_colour[3], border_px, grid_px;
    float bokashi, bokashi_colour[3];
    float pull, dither, grain, grain_px;
    float palette[PALETTE_MAX * 3];
    int32_t colours, ramp, cell_px, draws;
    int32_t remade, remade_as;  // a bit for every kind of surface that is made of another
    uint32_t seed;
} Finish;

typedef struct {
    float eye[3], right[3], up[3], forward[3];
    float tan_x, tan_y;
    float mirror_height;
    int32_t has_mirror;
    float focus_m, lens_px;  // lens_px: blur diameter in pixels at infinity for focus at 1 m
    float sun_direction[3], sun_radiance[3], sun_tan;
    float zenith[3], horizon[3], ground[3];
    float cloud_cover, stars, disc, moon, cloud_drift[2];
    float fog_colour[3], fog_density, fog_falloff;
    float ambient_sky[3], ambient_ground[3];
    float exposure, bloom, contrast, saturation;
    float shadow_tint[3], highlight_tint[3];
    float vignette, grain, wetness, lit_windows, time_s;
    uint32_t grain_seed;
    int32_t lamp_count, particle_count;
    Lamp lamps[LAMPS_MAX];
    const float *particles;  // (n, 11): head, tail offset, diameter, colour, opacity
    const float *rigid;      // (rigid_count, 12)
    const float *const *bones;
    const float *const *morphs;
    ShadowMap shadows[SHADOW_MAPS];  // static, rigid, rigged; the last two are filled by the kernel
    const uint32_t *clouds;          // RGBA8 with all its mip levels
    const Finish *finish;            // NULL: a photograph
    float shutter;                   // share of the way to the other moment that one frame sees; 0: sharp
    float other_eye[3], other_right[3], other_up[3], other_forward[3], other_tan_x, other_tan_y;
    const float *other_rigid;
    const float *const *other_bones;
} Frame;

// What the rasteriser needs of a triangle. An edge runs through its origin and is positive inside;
// two triangles that share an edge use the same origin and opposite coefficients, so that no pixel
// falls between them whatever the rounding.
typedef struct {
    float a[3], b[3], origin_x[3], origin_y[3];
    float depth, depth_x, depth_y, ref_x, ref_y;
    int16_t x0, x1, y0, y1;
} RasterTriangle;

// What the shader needs: 1/w and barycentrics over w as planes around a reference point.
typedef struct {
    float ref_x, ref_y;
    float b1, b1_x, b1_y, b2, b2_x, b2_y;
    float depth, depth_x, depth_y;
    uint32_t v[3];
    int32_t part;
    float facing;  // 1 seen from outside, -1 from inside
} ShadeTriangle;

typedef struct {
    float eye[3];
    float x_row[4], y_row[4], w_row[4];         // world to pixels times w, and w
    float ray[3], ray_x[3], ray_y[3];           // direction through pixel (0, 0) and its steps
    float width, height, pixel_angle;
    int mirrored;
    float mirror_height;
} View;

// The layer of what stands still before a still camera; see still.c.
typedef struct {
    unsigned char fields[offsetof(Frame, lamp_count)];
    const float *shadow;
    float tone_stops, tone_soft, tone_floor, gloss;
    int32_t shadow_enabled, remade, remade_as;
} StillKey;

typedef struct {
    StillKey key;
    int seen, valid, tiles, triangle_count, lamp_count;
    uint32_t moving_lamps;  // one bit a lamp
    Lamp lamps[LAMPS_MAX];
    float *depth;           // as the picture's, of the static world alone
    uint32_t *triangle;
    uint8_t *touched;       // per tile: the picture shows moving things there
    uint8_t *known;         // per block: its colour is kept
    float *sphere[4];       // per block: centre and radius of what it shows
    float *open;            // per block: four values of openness that the colour was shaded with
    float *colour[3];       // in tiles
} Still;

// Columns and rows of tiles from the first to before the last.
typedef struct {
    int x0, y0, x1, y1;
} TileArea;

// The buffers of one picture: the frame itself, or the half-size mirror image.
typedef struct {
    int width, height, tiles_x, tiles_y, stride;
    TileArea wanted;     // tiles outside are left as they are: nobody looks at them
    float *depth;        // 1/w, in tiles; 0 is the sky
    uint32_t *triangle;  // in tiles
    float *red, *green, *blue;  // rows of `stride`
    RasterTriangle *raster;
    ShadeTriangle *shade;
    int triangle_count, triangle_capacity;
    int moving_from, rigged_from;  // triangles from these numbers on are of moving, and of rigged meshes
    int32_t *tile_start, *tile_entries;
    int tile_capacity;
    Still still;
} Picture;

INLINE int is_wanted(const Picture *picture, int tile) {
    const int column = tile % picture->tiles_x, row = tile / picture->tiles_x;
    return column >= picture->wanted.x0 && column < picture->wanted.x1 && row >= picture->wanted.y0 && row < picture->wanted.y1;
}

typedef struct {
    const Geometry *geometry;
    float *x, *y, *z;           // positions of moving vertices
    float *attributes;          // (moving vertices, 16)
    float *morphed;             // (moving vertices, 6)
    Cluster *clusters;          // of moving meshes, with this frame's boxes
    float *screen_x, *screen_y, *inverse_w;
    Picture main, mirror;
    int mirrors;                // whether this picture shows the mirror image anywhere
    uint32_t *mirror_packed;    // RGBE rows
    float *half_depth, *half_open, *half_scratch;  // view depth and openness at half size
    int half_width, half_height, half_stride;
    ShadowMap maps[SHADOW_MAPS];
    int drawn_cells[SHADOW_MAPS][4];  // first and last column and row of cells that may hold anything
    float *bloom[6];
    int bloom_width[6], bloom_height[6];
    float *post_rows;
    uint8_t *luma, *blue_diff, *red_diff;  // full size, before anti-aliasing
    float *focus[4];                       // half-size colour and blur radius
    float *finish_planes;                  // made when a frame first has a finish
    float finish_paper_px;
    float *motion;                         // made when a frame first has an open shutter, as are
    uint8_t *leading_bone;                 // the bone that a moving vertex follows most
    int *bone_count;                       // and the bones of each rigged mesh
    double stage_ms[STAGES];
} Context;

enum { STAGE_POSE, STAGE_SHADOW, STAGE_MIRROR, STAGE_GEOMETRY, STAGE_RASTER, STAGE_OCCLUSION, STAGE_SHADE,
       STAGE_PARTICLES, STAGE_FOCUS, STAGE_BLOOM, STAGE_DEVELOP, STAGE_ANTIALIAS, STAGE_FINISH,
       STAGE_MOTION };

// geometry.c
void picture_allocate(Picture *picture, int width, int height);
void picture_free(Picture *picture);
TileArea all_tiles(const Picture *picture);
View view_of(const Frame *frame, int width, int height, int mirrored);
void project_and_bin(Context *context, Picture *picture, const View *view);
void project_still(Context *context, Picture *picture, const View *view);
void project_moving(Context *context, Picture *picture, const View *view);
// raster.c
void rasterise(Picture *picture, Still *still);
// still.c
Still *gather_triangles(Context *context, Picture *picture, const Frame *frame, const View *view);
void find_reached(const Context *context, const Picture *picture, const Frame *frame, int tile, uint8_t *reached);
void still_free(Still *still);
// pose.c
void pose(Context *context, const Frame *frame);
// shadow.c
void empty_map(ShadowMap *map, int *drawn);
void draw_moving_shadows(Context *context, const Frame *frame);
// occlusion.c
void measure_openness(Context *context, const View *view);
// shade.c
void shade_picture(Context *context, Picture *picture, const Frame *frame, const View *view);
void resolve_normals(Context *context, const Frame *frame, const View *view, float *depth, int32_t *ids, float *normals);
// mirror.c
int find_mirrors(Context *context, const Frame *frame);
void soften_mirror(Context *context);
// particles.c
void draw_particles(Context *context, const Frame *frame, const View *view);
// motion.c
void blur_by_motion(Context *context, const Frame *frame, const View *view);
// focus.c
void blur_by_depth(Context *context, const Frame *frame);
// post.c
void spread_bloom(Context *context, const Frame *frame);
void develop(Context *context, const Frame *frame);
void antialias(Context *context, uint8_t *out);
// style.c
void apply_finish(Context *context, const Frame *frame);
void finish_planes(const Context *context, const Finish *finish, uint8_t *out);

// Memory on a cache line, never NULL: without memory the kernel returns to Python from wherever it is.
void *aligned_bytes(size_t bytes);
void on_no_memory(jmp_buf *where);
