// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ErlangLexer, ReadsModules) {
  expect_tokens(
      "erlang",
      {
          {"-module(a).\n"
           "-define(MAX, 10).\n"
           "-record(point, {x, y}).\n"
           "% note\n"
           "go(X) when is_list(X) -> lists:map(fun(Y) -> Y + 1 end, X);\n"
           "go('quoted atom') -> #point.x.",
           "p=- ni=module p=( n=a p=). p=- ni=define p=( no=MAX p=, mi=10 p=). p=- ni=record "
           "p=( nl=point p=, p={ n=x p=, n=y p=}). c=%·note¶ nf=go p=( nv=X p=) k=when "
           "nb=is_list p=( nv=X p=) o=-> nn=lists p=: nf=map p=( k=fun p=( nv=Y p=) o=-> nv=Y "
           "o=+ mi=1 k=end p=, nv=X p=); nf=go p=( n='quoted·atom' p=) o=-> nl=#point.x p=."},
          {"A = 16#ff, B = $a, C = $\\n, \"s~p\\n~\" ++ <<1>> andalso not _Z =:= true.",
           "nv=A o== mi=16#ff p=, nv=B o== sc=$a p=, nv=C o== sc=$\\n p=, s=\"s si=~p se=\\n "
           "s=~\" o=++ o=<< mi=1 o=>> ow=andalso ow=not p=_ nv=Z o==:= n=true p=."},
      });
}

}  // namespace
}  // namespace stet::highlight
