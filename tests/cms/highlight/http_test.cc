// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HttpLexer, ReadsHeadsAndHandsOnTheContent) {
  expect_tokens("http",
                {
                    {"GET /a?b HTTP/1.1\nHost: x\nAccept : y\n\n{\"a\": 1}",
                     "nf=GET nn=/a?b k=HTTP o=/ m=1.1 na=Host p=: s=x na=Accept p=: s=y"},
                    {"HTTP/1.1 404 Not Found\nContent-Type: application/json; q\n\n{\"a\": 1}",
                     "k=HTTP o=/ m=1.1 m=404 ne=Not·Found na=Content-Type p=: "
                     "s=application/json;·q p={ nl=\"a\" p=: w=· mi=1 p=}"},
                    {"POST / HTTP/2\n\nplain", "nf=POST nn=/ k=HTTP o=/ m=2"},
                    {"HTTP/1.0 200\nodd line\n", "k=HTTP o=/ m=1.0 m=200 s=odd·line"},
                    {"x", "err=x"},
                });
}

}  // namespace
}  // namespace stet::highlight
