// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ScssLexer, ReadsVariablesMixinsAndNesting) {
  expect_tokens(
      "scss",
      {
          {"$gap: 10px !default;\n.box {\n  @include round($gap);\n"
           "  &:hover { color: darken($c, 10%); }\n}",
           "nv=$gap p=: m=10px o=! nb=default p=; nc=.box p={ k=@include nd=round p=( "
           "nv=$gap p=); k=& nd=:hover p={ nl=color p=: nf=darken p=( nv=$c o=, m=10% "
           "p=); p=} p=}"},
          {"@mixin round($r: 3px) { border-radius: $r; }",
           "k=@mixin nf=round p=( nv=$r o=: m=3px p=) p={ nl=border-radius p=: nv=$r "
           "p=; p=}"},
          {"@if $a == 1 { a: b; } @else { c: d; }",
           "k=@if nv=$a o=== m=1 p={ na=a p=: n=b p=; p=} k=@else p={ na=c p=: n=d p=; "
           "p=}"},
          {"@for $i from 1 through 3 { .w-#{$i} { width: 1.5em * $i; } }",
           "k=@for nv=$i ow=from m=1 ow=through m=3 p={ nc=.w- si=#{ nv=$i si=} p={ "
           "nl=width p=: m=1 mi=.5em o=* nv=$i p=; p=} p=}"},
          {"// note\n/* old */\n@extend %base;", "c1=//·note cm=/*·old·*/ k=@extend nv=%base p=;"},
      });
}

}  // namespace
}  // namespace stet::highlight
