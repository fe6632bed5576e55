// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JsxLexer, ReadsElements) {
  expect_tokens("jsx",
                {
                    {"const a = <Box.Item size={n + 1} name=\"b\" {...rest}>c &amp; {d.map(e => "
                     "<p>{e}</p>)} <br/></Box.Item>;\nf({ a: 1 }) < 2;",
                     "kd=const nx=a o== p=< nc=Box p=. nc=Item na=size p== si={ nx=n o=+ mi=1 "
                     "si=} na=name p== s=\"b\" si={ p=... nx=rest si=} p=> ni=&amp; si={ nx=d "
                     "p=. nx=map p=( nx=e o==> p=< nt=p p=> si={ nx=e si=} p=</ nt=p p=>) si=} "
                     "p=< nt=br p=/></ nc=Box p=. nc=Item p=>; nx=f p=({ na=a p=: mi=1 p=}) o=< "
                     "mi=2 p=;"},
                });
}

TEST(JsxLexer, ReadsTypes) {
  expect_tokens("tsx",
                {
                    {"const f = <T,>(x: T): JSX.Element => <p>{x as any}</p>;",
                     "kd=const nx=f o== p=< nx=T p=, o=> p=( nx=x p=: nx=T p=): nx=JSX p=. "
                     "nx=Element o==> p=< nt=p p=> si={ nx=x k=as kr=any si=} p=</ nt=p p=>;"},
                });
}

TEST(JsxLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("jsx", {"<a>", "<a ", "<a b=\"", "{<", "<"});
}

}  // namespace
}  // namespace stet::highlight
