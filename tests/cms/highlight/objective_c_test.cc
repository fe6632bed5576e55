// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ObjectiveCLexer, ReadsClassesAndMessages) {
  expect_tokens("objective_c",
                {
                    {"#import <A/A.h>\n@class B, C;\n@interface Box (Extra)\n- (void "
                     "(^)(int))twice:(int)n with:(id)b;\n@end\n@implementation Box : Base\n+ "
                     "(instancetype)make { return [[self alloc] initWith:@\"a\\n\" size:2]; "
                     "}\n@end",
                     "cp=#import·<A/A.h>¶ k=@class nc=B p=, nc=C p=; err=@ nc=interface n=Box "
                     "p=( n=Extra p=) k=- p=( kt=void p=( o=^ p=)( kt=int p=)) nf=twice p=:( "
                     "kt=int p=) nv=n nf=with p=:( n=id p=) nv=b p=; k=@end k=@implementation "
                     "nc=Box p=: nc=Base k=+ p=( n=instancetype p=) n=make p={ k=return p=[[ "
                     "n=self nf=alloc p=] nf=initWith p=: s=@\"a se=\\n s=\" nf=size p=: mi=2 "
                     "p=]; p=} k=@end"},
                    {"void f(void) { for (id x in @[@1, @YES]) { y = x ? [x go] : @{@\"k\": "
                     "@2.5f}; } }",
                     "kt=void nf=f p=( kt=void p=) p={ k=for p=( n=id n=x k=in p=@[ mi=@1 p=, "
                     "nb=@YES p=]) p={ n=y o== n=x p=? p=[ n=x nf=go p=] p=: p=@{ s=@\"k\" o=: "
                     "mf=@2.5f p=}; p=} p=}"},
                });
}

TEST(ObjectiveCLexer, ReadsLiterals) {
  expect_tokens("objective_c",
                {
                    {"x = @0x1F + @017 + @1e3 + @'a' + @selector(go:) + @oops + nil;",
                     "n=x o== mh=@0x1F o=+ mo=@017 o=+ mf=@1e3 o=+ sc=@'a' o=+ k=@selector p=( "
                     "n=go o=: p=) o=+ err=@oops k=+ nb=nil p=;"},
                });
}

TEST(ObjectiveCLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("objective_c",
                          {"[", "[a ", "@[", "- (", "@class a,", "@interface a ", "? ", "@\""});
}

}  // namespace
}  // namespace stet::highlight
