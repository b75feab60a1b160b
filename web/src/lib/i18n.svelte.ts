// What the page says, in English and Chinese. A missing key is a type error.

const english = {
  tagline: 'One sentence in,\none film out.',
  hint: 'Say who is where, what they do and what they say. Voices, sound, music and captions come with it.',
  sentence: 'Your sentence',
  placeholder:
    'A violinist in a red coat plays under the neon signs of a rainy city at night, then smiles and says “One more song.”',
  examples: 'Or begin with one of these',
  length: 'Length',
  length_auto: 'As needed',
  seconds: '{n} s',
  shape: 'Shape',
  quality: 'Picture',
  quality_draft: 'Draft',
  quality_standard: 'HD 720',
  quality_full: 'Full HD 1080',
  more: 'Language, voice, seed',
  language: 'Spoken language',
  language_auto: 'As in the sentence',
  voice: 'Voice',
  voice_auto: 'Cast by the film',
  seed: 'Seed',
  seed_help: 'The same sentence and seed give the same film, frame for frame.',
  seed_placeholder: 'Any whole number',
  make: 'Make the film',
  making: 'Sending…',
  left_characters: '{n} characters left',
  empty_prompt: 'Write a sentence first: the film is made from it.',
  long_prompt: 'This is {n} characters too long.',
  seed_wrong: 'A seed is a whole number from 0 to 2147483647.',
  earlier: 'Earlier films',
  none_yet: 'No films yet',
  none_yet_more: 'Your first one will hang here.',
  load_more: 'Show more',
  open_film: 'Open the film: {prompt}',
  queued: 'In line',
  in_progress: 'Being made',
  completed: 'Ready',
  failed: 'Not finished',
  stage_waiting: 'Waiting for its turn',
  stage_writing: 'Writing the screenplay',
  stage_reading: 'Recording the voices',
  stage_planning: 'Planning the shots',
  stage_shooting: 'Shooting',
  stage_cutting: 'Mixing and cutting',
  stage_finished: 'Ready',
  shot_of: 'Shot {n} of {count}',
  frames_of: '{done} of {count} frames',
  shot_ready: 'done',
  preview_of: 'Preview of shot {n}',
  progress: 'Progress',
  shots: 'Shots',
  away: 'The server is not answering. The film goes on where it was when it is back; looking again…',
  cancel: 'Stop',
  cancelling: 'Stopping…',
  retry: 'Make it again',
  retry_failed: 'Try again',
  another: 'Another film',
  delete: 'Delete',
  delete_sure: 'Delete this film for good?',
  download_film: 'Download the film',
  download_captions: 'Captions',
  download_screenplay: 'Screenplay',
  downloads: 'Take it with you',
  captions: 'Captions',
  film_player: 'The film: {prompt}',
  made_from: 'Made from',
  screenplay: 'Screenplay',
  screenplay_wait: 'The screenplay is being written.',
  reading: 'What was understood',
  understood: 'Understood',
  approximated: 'Approximated',
  left_out: 'Left out',
  understood_none: 'Nothing was matched word for word.',
  as: 'as {meaning}',
  failed_title: 'This film was not finished',
  cancelled_title: 'This film was stopped',
  failed_more: 'Nothing else was lost. Finished shots are kept and are not shot again.',
  code: 'Code',
  not_found_title: 'Nothing is playing here',
  not_found: 'This address leads to no film. It may have been deleted.',
  back: 'Back to all films',
  offline: 'The server is not answering. Is “matinee serve” still running?',
  unexpected: 'Something went wrong that should not have. The server’s log says more.',
  try_again: 'Try again',
  loading: 'Loading',
  key_title: 'A key, please',
  key_text: 'This server asks for an API key. Its operator makes one with “matinee keys create NAME”.',
  key: 'API key',
  key_enter: 'Come in',
  key_wrong: 'This key is not known here, or was revoked.',
  film_details: '{size}, {seconds} s, seed {seed}',
  made_on: 'Made {when}',
  skip: 'Skip to the content',
  home: 'Matinee, all films',
  switch_language: '中文',
  narrator: 'Narrator',
  title_making: '{n} % · Matinee',
};

type Key = keyof typeof english;

const chinese: Record<Key, string> = {
  tagline: '一句话，\n一部电影。',
  hint: '写下谁在哪里、做什么、说什么。配音、音效、音乐和字幕都会一并做好。',
  sentence: '你的句子',
  placeholder: '雨夜的霓虹街头，一位穿红色大衣的小提琴手在演奏，然后微笑着说：“再来一首。”',
  examples: '或者从这些开始',
  length: '时长',
  length_auto: '按需',
  seconds: '{n} 秒',
  shape: '画幅',
  quality: '画质',
  quality_draft: '草样',
  quality_standard: '高清 720',
  quality_full: '全高清 1080',
  more: '语言、声音、种子',
  language: '对白语言',
  language_auto: '与句子相同',
  voice: '声音',
  voice_auto: '由影片选角',
  seed: '种子',
  seed_help: '同样的句子和种子，会得到一帧不差的同一部电影。',
  seed_placeholder: '任意整数',
  make: '开始拍摄',
  making: '正在发送…',
  left_characters: '还可输入 {n} 个字符',
  empty_prompt: '请先写一句话，电影由它而来。',
  long_prompt: '超出了 {n} 个字符。',
  seed_wrong: '种子应为 0 到 2147483647 之间的整数。',
  earlier: '以往的电影',
  none_yet: '还没有电影',
  none_yet_more: '你的第一部会挂在这里。',
  load_more: '显示更多',
  open_film: '打开电影：{prompt}',
  queued: '排队中',
  in_progress: '制作中',
  completed: '已完成',
  failed: '未完成',
  stage_waiting: '等待开拍',
  stage_writing: '撰写剧本',
  stage_reading: '录制对白',
  stage_planning: '规划镜头',
  stage_shooting: '拍摄中',
  stage_cutting: '混音与剪辑',
  stage_finished: '已完成',
  shot_of: '镜头 {n}／共 {count} 个',
  frames_of: '{done}／{count} 帧',
  shot_ready: '完成',
  preview_of: '镜头 {n} 的预览',
  progress: '进度',
  shots: '镜头',
  away: '服务器没有响应。恢复后影片会从中断处继续；正在重试…',
  cancel: '停止',
  cancelling: '正在停止…',
  retry: '重新制作',
  retry_failed: '再试一次',
  another: '再拍一部',
  delete: '删除',
  delete_sure: '确定永久删除这部电影吗？',
  download_film: '下载影片',
  download_captions: '字幕',
  download_screenplay: '剧本',
  downloads: '下载',
  captions: '字幕',
  film_player: '影片：{prompt}',
  made_from: '来自这句话',
  screenplay: '剧本',
  screenplay_wait: '正在撰写剧本。',
  reading: '理解情况',
  understood: '已理解',
  approximated: '近似处理',
  left_out: '未采用',
  understood_none: '没有逐字匹配的内容。',
  as: '作为 {meaning}',
  failed_title: '这部电影没有完成',
  cancelled_title: '这部电影已停止',
  failed_more: '其他内容没有丢失。已完成的镜头会保留，不会重拍。',
  code: '代码',
  not_found_title: '这里没有放映',
  not_found: '此地址没有对应的电影，可能已被删除。',
  back: '返回所有电影',
  offline: '服务器没有响应。“matinee serve” 还在运行吗？',
  unexpected: '发生了意外错误，服务器日志里有更多信息。',
  try_again: '再试一次',
  loading: '载入中',
  key_title: '请出示密钥',
  key_text: '此服务器需要 API 密钥。管理员可用 “matinee keys create NAME” 创建。',
  key: 'API 密钥',
  key_enter: '进入',
  key_wrong: '此密钥无效或已被撤销。',
  film_details: '{size}，{seconds} 秒，种子 {seed}',
  made_on: '制作于 {when}',
  skip: '跳到正文',
  home: 'Matinee，所有电影',
  switch_language: 'English',
  narrator: '旁白',
  title_making: '{n}% · Matinee',
};

export type Tongue = 'en' | 'zh';
const KEPT = 'matinee.language';

function first(): Tongue {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const tongue = $state<{ now: Tongue }>({ now: first() });
document.documentElement.lang = tongue.now;

export function speak(language: Tongue): void {
  tongue.now = language;
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = (tongue.now === 'zh' ? chinese : english)[key];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

// A stage that this page does not know yet is shown as the server names it.
export function stageName(stage: string): string {
  const key = `stage_${stage}`;
  return key in english ? t(key as Key) : stage.replaceAll('_', ' ');
}

export function when(instant: string): string {
  return new Intl.DateTimeFormat(tongue.now, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

export const EXAMPLES: Record<Tongue, string[]> = {
  en: [
    'A gladiator stands in the Colosseum at sunset, raises her sword and says “Tonight we are free!”',
    'Two friends walk along the beach in the morning, laughing. The wind moves the palms.',
    'A robot dances alone in a neon city in the rain.',
  ],
  zh: [
    '日落时分，一位女角斗士站在斗兽场中央，举起剑说：“今晚我们自由了！”',
    '清晨，两个朋友在海滩上散步，笑着聊天，风吹动棕榈树。',
    '一个机器人在雨中的霓虹城市里独自跳舞。',
  ],
};
