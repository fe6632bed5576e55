// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(TypescriptLexer, ReadsTypes) {
  expect_tokens("typescript",
                {
                    {"interface A { b?: string; readonly c: number }\ntype D = keyof A;\n"
                     "export function f(x: any): void {}",
                     "kr=interface nx=A p={ nl=b p=?: kr=string p=; k=readonly nx=c p=: kr=number "
                     "p=} kd=type nx=D o== kr=keyof nx=A p=; k=export kd=function nx=f p=( nx=x "
                     "p=: kr=any p=): k=void p={}"},
                });
}

}  // namespace
}  // namespace stet::highlight
