// What a camera, the light and the weather may be, in the order in which one chooses.
export const SIZES = [
  'extreme_wide', 'wide', 'full', 'medium', 'close_up', 'extreme_close_up', 'over_shoulder',
];
export const MOVES = [
  'static', 'push_in', 'pull_out', 'pan_left', 'pan_right', 'tilt_up', 'tilt_down', 'truck_left',
  'truck_right', 'zoom_in', 'zoom_out', 'orbit', 'crane_up', 'crane_down', 'tracking', 'handheld',
  'rack_focus',
];
export const ANGLES = ['eye', 'low', 'high', 'overhead'];
export const LIGHTS = ['dawn', 'day', 'sunset', 'night'];
export const WEATHERS = ['clear', 'cloudy', 'rain', 'storm', 'snow', 'fog', 'wind'];
