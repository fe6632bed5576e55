// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(SolidityLexer, ReadsContracts) {
  expect_tokens("solidity",
                {
                    {"pragma solidity ^0.8.0;\n/* a */ contract Box is Base { // b\n  "
                     "mapping(address => uint256) private sizes;\n  function twice(bytes32 n) "
                     "public payable returns (fixed128x18 x) {\n    require(msg.sender != $a, "
                     "'n\\u00e9\\x41\"\\q');\n    return now + 1 ether + 0x1F + 1.5e3 + 2e3;\n  "
                     "}\n}\nlet x = hex\"00\" //",
                     "k=pragma n=solidity o=^ mf=0.8 p=. mi=0 p=; cm=/*·a·*/ k=contract n=Box "
                     "k=is n=Base p={ c1=//·b¶ k=mapping p=( kt=address o==> kt=uint256 p=) "
                     "k=private n=sizes p=; k=function n=twice p=( kt=bytes32 n=n p=) k=public "
                     "k=payable k=returns p=( kr=fixed128x18 n=x p=) p={ nb=require p=( n=msg "
                     "p=. n=sender o=!= n=$a p=, s='n se=\\u00e9\\x41 s=\" se=\\q s=' p=); "
                     "k=return nb=now o=+ mi=1 kc=ether o=+ mh=0x1F o=+ mf=1.5e3 o=+ mi=2e3 p=; "
                     "p=} p=} kr=let n=x o== s=hex\"00\" o=//"},
                    {"\"open\n*/", "s=\"open err=¶ s=*/"},
                });
}

TEST(SolidityLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("solidity", {"/*", "\"\\", "// ", "u", "a"});
}

}  // namespace
}  // namespace stet::highlight
