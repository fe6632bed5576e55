// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(NginxLexer, ReadsBlocksAndArguments) {
  expect_tokens(
      "nginx",
      {
          {"# note\n"
           "include mime.types;\n"
           "server {\n"
           "  listen 80 default_server;\n"
           "  location ~* \\.php$ {\n"
           "    proxy_pass http://127.0.0.1:3000/a$uri;\n"
           "    gzip on;\n"
           "  }\n"
           "}",
           "c1=#·note k=include n=mime.types k=server p={ kn=listen mi=80 s=default_server "
           "p=; kn=location p=~ sr=* err=\\ s=.php p={ kn=proxy_pass "
           "s=http://127.0.0.1:3000/a nv=$uri p=; kn=gzip no=on p=; p=} p=}"},
          {"http { root /var/www; client_max_body_size 10m; types { text/html html; } }",
           "k=http p={ kn=root n=/var/www p=; kn=client_max_body_size mi=10m p=; kn=types p={ "
           "kn=text/html s=html p=; p=} p=}"},
          {"if ($a = \"b\") { return 301 10mb; }",
           "k=if s=( nv=$a p== s=\"b\") p={ kn=return mi=301 s=10mb p=; p=}"},
      });
}

}  // namespace
}  // namespace stet::highlight
