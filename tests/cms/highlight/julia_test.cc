// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JuliaLexer, ReadsWordsStringsAndNumbers) {
  expect_tokens(
      "julia",
      {
          {"module A\n"
           "using B: c\n"
           "function f!(x::Int, y=1.5e3)::Bool\n"
           "  return x ≤ y && \"a $x\\n\" == 'c' # note\n"
           "end\n"
           "mutable struct P <: Any; x::Float64; end",
           "k=module n=A k=using n=B o=: n=c k=function nf=·f! x=( n=x o=:: kt=Int x=, n=y "
           "o== mf=1.5e3 x=) o=:: kt=Bool k=return n=x o=≤ n=y o=&& s=\"a· si=$ s=x se=\\n "
           "s=\" o=== sc='c' c=#·note k=end k=mutable·struct nc=·P o=<: kt=Any x=; n=x o=:: "
           "kt=Float64 x=; k=end"},
          {"#= block #= in =# =#\n"
           "@time α = [1_000, 0xff, 0b1, 0o7, .5, 1f0, π, nothing] .+ `ls`\n"
           "const z = I\"x\" * '\\n' * '\\u00e9'\n"
           "function (+)(a) end\n"
           "macro m(x) end",
           "cm=#=·block·#=·in·=#·=# nd=@time n=α o== x=[ mi=1_000 x=, mh=0xff x=, mb=0b1 x=, "
           "mo=0o7 x=, o=. mi=5 x=, mf=1f0 x=, nb=π x=, nb=nothing x=] o=.+ sb=`ls` kd=const "
           "n=z o== s=I\"x\" o=* sc='\\n' o=* sc='\\u00e9' k=function nf=· o=(+) x=( n=a x=) "
           "k=end k=macro nf=·m x=( n=x x=) k=end"},
      });
}

}  // namespace
}  // namespace stet::highlight
