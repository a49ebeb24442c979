// Runs before anything else: takes the network away from this page. Only a session that the address itself names
// (?url=…) may be fetched.
{
  const wanted = new URLSearchParams(location.search).get('url');
  let allowed = "'none'";
  if (wanted !== null) {
    const { protocol, origin, pathname } = new URL(wanted, location.href);
    if (protocol === 'http:' || protocol === 'https:')
      allowed = origin + pathname.replace(/[,;'\s]/g, encodeURIComponent);
  }
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src ${allowed}`;
  document.head.append(policy);
}
