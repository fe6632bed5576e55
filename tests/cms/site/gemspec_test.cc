#include "cms/site/gemspec.h"

#include <gmock/gmock.h>

namespace stet::site {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Gemspec, IsReadAsItsAuthorWritesIt) {
  Gemspec gemspec = read_gemspec(R"(
# frozen_string_literal: true
Gem::Specification.new do |spec|
  spec.name          = "plain"
  spec.version       = "1.2.0"
  spec.authors       = ["Ada", 'Grace'] # both
  spec.summary       = %q{Plain pages.}
  spec.metadata["plugin_type"] = "theme"
  spec.files         = `git ls-files -z`.split("\x0")
  spec.add_runtime_dependency "jekyll", ">= 3.5", "< 5.0"
  spec.add_dependency("jekyll-feed")
  # spec.add_dependency "jekyll-archives"
  spec.add_development_dependency "rake", "~> 12.0"
end
)");
  EXPECT_EQ(gemspec.version, "1.2.0");
  EXPECT_THAT(gemspec.authors, ElementsAre("Ada", "Grace"));
  EXPECT_EQ(gemspec.summary, "Plain pages.");
  EXPECT_EQ(gemspec.description, std::nullopt);
  EXPECT_THAT(gemspec.metadata, ElementsAre(Pair("plugin_type", "theme")));
  ASSERT_EQ(gemspec.dependencies.size(), 2u);
  EXPECT_EQ(gemspec.dependencies[0].name, "jekyll");
  EXPECT_THAT(gemspec.dependencies[0].requirements, ElementsAre(">= 3.5", "< 5.0"));
  EXPECT_EQ(gemspec.dependencies[1].name, "jekyll-feed");
  EXPECT_THAT(gemspec.dependencies[1].requirements, IsEmpty());
}

TEST(Gemspec, IsReadAsAnInstalledGemHasIt) {
  Gemspec gemspec = read_gemspec(R"(
  s.version = "2.0.1"
  s.metadata = { "a" => "1", "b" => "2" } if s.respond_to? :metadata=
  s.author = "Ada".freeze
  s.description = "Said.".freeze
  if s.respond_to? :add_runtime_dependency then
    s.add_runtime_dependency(%q<jekyll-feed>.freeze, ["~> 0.9"])
  else
    s.add_dependency(%q<jekyll-feed>.freeze, ["~> 0.9"])
    s.add_dependency(%q<bundler>.freeze, [">= 1.15"])
  end
)");
  EXPECT_EQ(gemspec.version, "2.0.1");
  EXPECT_THAT(gemspec.authors, ElementsAre("Ada"));
  EXPECT_EQ(gemspec.description, "Said.");
  EXPECT_THAT(gemspec.metadata, ElementsAre(Pair("a", "1"), Pair("b", "2")));
  ASSERT_EQ(gemspec.dependencies.size(), 1u);
  EXPECT_THAT(gemspec.dependencies[0].requirements, ElementsAre("~> 0.9"));
}

TEST(Gemspec, LeavesOutWhatOnlyRubyKnows) {
  Gemspec gemspec =
      read_gemspec("spec.version = Plain::VERSION\nspec.authors = `whoami`\n\"spec.version\n%q");
  EXPECT_EQ(gemspec.version, std::nullopt);
  EXPECT_THAT(gemspec.authors, IsEmpty());
}

}  // namespace
}  // namespace stet::site
