// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(SwiftLexer, ReadsDeclarations) {
  expect_tokens("swift",
                {
                    {"#if DEBUG\nimport UIKit\n@objc public class Box<T>: Base, Shape {\n  "
                     "private(set) var size = 1\n  unowned(safe) let (a, `b`, (c)) = (1, 2, 3)\n "
                     " func twice(_ n: Int, by m: Int = 2) throws -> [Int]? { return n.map { $0 "
                     "* m } }\n  case a, b\n}",
                     "cp=#if·DEBUG kd=import kt=UIKit kd=@objc kd=public kd=class kt=Box o=< "
                     "kt=T o=> p=: kt=Base p=, kt=Shape p={ kd=private(set) k=var nv=size o== "
                     "mi=1 kd=unowned(safe) k=let p=( nv=a p=, p=` nv=b p=`, p=( nv=c p=)) o== "
                     "p=( mi=1 p=, mi=2 p=, mi=3 p=) kd=func nf=twice p=( n=_ nv=n p=: kt=Int "
                     "p=, n=by nv=m p=: kt=Int o== mi=2 p=) k=throws o=-> p=[ kt=Int p=]? p={ "
                     "k=return n=n o=. n=map p={ nv=$0 o=* n=m p=} p=} k=case n=a p=, n=b p=}"},
                    {"if let x = try? make() as? Type, #available(iOS 9, *) { init?(x) "
                     "}\n#selector(Box.go(_:)); f(#line, `self`: nil); x = try! y",
                     "k=if k=let nv=x o== k=try p=? nf=make p=() k=as? k=Type p=, "
                     "kd=#available(iOS·9,·*) p={ nf=init p=?( n=x p=) p=} "
                     "cp=#selector(Box.go(_:));·f(#line,·`self`:·nil);·x·=·try!·y"},
                });
}

TEST(SwiftLexer, ReadsLiterals) {
  expect_tokens(
      "swift",
      {
          {"\"a \\(b + (c)) \\u{e9}\\n\\q\" 'x' @\"y\"\n1_000 0x1Fp3 0b1 0o17 017 "
           "1.5e3 1e9 2*3",
           "s=\"a· se=\\( n=b o=+ p=( n=c p=) se=) s=· se=\\u{e9}\\n err=\\ s=q\" "
           "sc='x' s=@\"y\" mi=1_000 mh=0x1Fp3 mb=0b1 mo=0o17 mo=017 mf=1.5e3 mf=1e9 "
           "mf=2* mi=3"},
          {"/* a /* b */ c */ d // e\n#error f", "cm=/*·a·/*·b·*/·c·*/ n=d c1=//·e cp=#error·f"},
          {"let 🐶🐮 = é🐶(a) + 🐶", "k=let nv=🐶🐮 o== nf=é🐶 p=( n=a p=) o=+ n=🐶"},
      });
}

TEST(SwiftLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("swift", {"\"\\(", "#selector(", "let(", "#available(", "\n#"});
}

}  // namespace
}  // namespace stet::highlight
