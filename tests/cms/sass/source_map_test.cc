#include "cms/sass/source_map.h"

#include <gtest/gtest.h>

namespace stet::sass {
namespace {

std::string map_of(const std::string& sources,
                   const std::string& contents,
                   const std::string& mappings) {
  return "{\n\t\"version\": 3,\n\t\"sources\": [" + sources + "\n\t],\n\t\"sourcesContent\": [" +
         contents + "\n\t],\n\t\"names\": [],\n\t\"mappings\": \"" + mappings + "\"\n}";
}

TEST(SourceMap, WithEachSourceOnceStaysAsItIs) {
  std::string map = map_of("\n\t\t\"a\",\n\t\t\"b\"", "\n\t\t\"1\",\n\t\t\"2\"", "AAAA,ACAA");
  EXPECT_EQ(with_sources_once(map), map);
  EXPECT_EQ(with_sources_once(""), "");
}

TEST(SourceMap, LosesWhatIsListedAgainAndNumbersTheRestAnew) {
  // Sources 0 1 2 3 are a b b c; the segments are in 0, 1, 3, 0.
  std::string map = map_of("\n\t\t\"a\",\n\t\t\"b\",\n\t\t\"b\",\n\t\t\"c\"",
                           "\n\t\t\"1\",\n\t\t\"2\",\n\t\t\"2\",\n\t\t\"3\"",
                           "AAAA,ACAA;AEAA,AHAA");
  EXPECT_EQ(with_sources_once(map),
            map_of("\n\t\t\"a\",\n\t\t\"b\",\n\t\t\"c\"",
                   "\n\t\t\"1\",\n\t\t\"2\",\n\t\t\"3\"",
                   "AAAA,ACAA;ACAA,AFAA"));
}

TEST(SourceMap, TakesWhateverMappingsThereAre) {
  for (const char* mappings : {"", ";;;", "!", "gggggggggggggggggggg", "AgA", "AD,AD"}) {
    std::string sources = "\n\t\t\"a\",\n\t\t\"a\"";
    EXPECT_FALSE(with_sources_once(map_of(sources, sources, mappings)).empty()) << mappings;
  }
}

}  // namespace
}  // namespace stet::sass
