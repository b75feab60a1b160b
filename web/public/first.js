// What the first film needs, before the app itself has arrived: the feed's first page (which the
// server's answer to "/" already asked for) and the picture of its first film. The app takes it over.
if (location.pathname === '/') {
  const tab = localStorage.getItem('matinee.session') === 'in' ? 'for-you' : 'latest';
  const page = fetch(`/api/feed/${tab}`, { credentials: 'same-origin' }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  page.then(
    (told) => {
      const poster = told.posts[0]?.film.poster;
      if (poster) new Image().src = poster;
    },
    () => undefined,
  );
  window.matineeFirst = { tab, page };
}
