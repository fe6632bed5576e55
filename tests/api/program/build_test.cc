// `stet build` as scripts around jekyll call it: on folders, with what is said and left behind.

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/storage/git/test_repository.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string output;  // stdout and stderr
};

class BuildTest : public testing::Test {
 protected:
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((folder() / path).parent_path());
    std::ofstream(folder() / path, std::ios::binary) << text;
  }
  std::string read(const std::string& path) const {
    std::ifstream file(folder() / path, std::ios::binary);
    return file ? std::string(std::istreambuf_iterator<char>(file), {}) : "(none)";
  }
  bool has(const std::string& path) const { return fs::exists(folder() / path); }

  static std::string command_of(const std::string& arguments) {
    return std::string("env -i STET_TEMPLATES='") + STET_TEMPLATES_FOLDER + "' '" + STET_PROGRAM +
           "' build " + arguments;
  }

  Outcome build(const std::string& arguments = "") { return run(command_of(arguments)); }

  Outcome run(const std::string& called) {
    const std::string command = "cd '" + folder().string() + "' && " + called + " 2>&1";
    Outcome outcome;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer;
    while (std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
      outcome.output.append(buffer.data(), count);
    }
    outcome.exit_code = WEXITSTATUS(pclose(pipe));
    return outcome;
  }

  fs::path folder() const { return folder_.path(); }

 private:
  storage::TemporaryFolder folder_;
};

// A folder that one thread is about to make is not there yet for another.
TEST_F(BuildTest, WritesManyFilesOfNewFolders) {
  for (int i = 0; i < 600; ++i) {
    write("f" + std::to_string(i / 4) + "/" + std::to_string(i) + ".txt", std::to_string(i));
  }
  for (int run = 0; run < 5; ++run) {
    Outcome outcome = build("-d out" + std::to_string(run));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.output;
    EXPECT_EQ(read("out" + std::to_string(run) + "/f149/599.txt"), "599");
    fs::remove_all(folder() / ("out" + std::to_string(run)));
  }
}

// Slow enough to be seen; of each page of the site one line of what it says is enough.
TEST_F(BuildTest, OnATerminalSaysHowFarItIs) {
  constexpr int kPages = 300;
  for (int i = 0; i < kPages; ++i) {
    write(std::to_string(i) + ".html", "---\n---\n{% for i in (1..3000) %}{{ i }}{% endfor %}");
  }
  Outcome outcome = run("script -qec \"" + command_of("") + "\" /dev/null");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("\rrendering pages: "));
  EXPECT_THAT(outcome.output, HasSubstr(" of 300"));
  EXPECT_THAT(outcome.output, HasSubstr("\r300 files written to _site")) << "at the left";
  // Not where it is quiet, nor where no terminal is: a log would hear of it after ten seconds.
  EXPECT_THAT(run("script -qec \"" + command_of("-q") + "\" /dev/null").output,
              testing::Not(HasSubstr("rendering")));
  EXPECT_EQ(build().output, "300 files written to _site\n");
}

TEST_F(BuildTest, WithoutFlagsGoesFromHereToSite) {
  write("a.md", "---\n---\n*a*\n");
  write("b.txt", "b");
  Outcome outcome = build();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(outcome.output, "2 files written to _site\n");
  EXPECT_EQ(read("_site/a.html"), "<p><em>a</em></p>\n");
  EXPECT_EQ(read("_site/b.txt"), "b");
}

TEST_F(BuildTest, TheConfigurationMayNameSourceDestinationAndTime) {
  write("_config.yml", "source: src\ndestination: out/html\ntime: 2010-01-01\n");
  write("src/a.html", "---\n---\n{{ site.time | date: '%Y' }}{{ site.posts.size }}");
  write("src/_posts/2020-01-01-later.md", "---\n---\n");
  EXPECT_EQ(build().exit_code, 0);
  EXPECT_EQ(read("out/html/a.html"), "20100");
  EXPECT_EQ(build("--time 2030-01-01T00:00:00Z -d other").exit_code, 0);
  EXPECT_EQ(read("other/a.html"), "20301");
}

TEST_F(BuildTest, LayoutsMayLieElsewhere) {
  write("_layouts/a.html", "here {{ content }}");
  write("other/a.html", "---\n---\nthere {{ content }}");
  write("p.html", "---\nlayout: a\n---\np");
  EXPECT_EQ(build("--layouts other").exit_code, 0);
  EXPECT_EQ(read("_site/p.html"), "there p");
}

TEST_F(BuildTest, ConfigurationsAreNamedFromWhereOneStands) {
  write("base.yml", "title: Base\nname: N\n");
  write("dev.yml", "title: Dev\n");
  write("src/_config.yml", "title: Unread\n");
  write("src/a.html", "---\n---\n{{ site.title }} {{ site.name }}");
  EXPECT_EQ(build("-s src -d out --config base.yml,dev.yml").exit_code, 0);
  EXPECT_EQ(read("out/a.html"), "Dev N");
  Outcome outcome = build("-s src -d out --config none.yml");
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("the configuration file 'none.yml' cannot be read"));
}

TEST_F(BuildTest, ThatFailsLeavesTheDestinationAsItWas) {
  write("a.md", "---\n---\n{% link b.md %}");
  Outcome outcome = build();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("Could not find document 'b.md' in tag 'link'"));
  EXPECT_FALSE(has("_site"));
  write("a.md", "---\n---\ngood");
  EXPECT_EQ(build().exit_code, 0);
  write("a.md", "---\n---\n{% nonsense %}");
  write("c.txt", "new");
  EXPECT_NE(build().exit_code, 0);
  EXPECT_EQ(read("_site/a.html"), "<p>good</p>\n");
  EXPECT_FALSE(has("_site/c.txt"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder()), {}), 3);  // nothing half done beside
}

TEST_F(BuildTest, NeverEmptiesItsOwnSource) {
  write("src/a.md", "---\n---\n");
  for (const char* arguments : {"-s src -d src", "-s src -d .", "-s src -d ./src/../src"}) {
    Outcome outcome = build(arguments);
    EXPECT_NE(outcome.exit_code, 0) << arguments;
    EXPECT_THAT(outcome.output, HasSubstr("would be emptied"));
    EXPECT_TRUE(has("src/a.md"));
  }
  EXPECT_EQ(build("-s src -d src/_site").exit_code, 0);
  EXPECT_EQ(build("-s src -d src/_site").output, "1 files written to src/_site\n");
}

TEST_F(BuildTest, SweepsWhatTheSiteNoLongerHas) {
  write("_config.yml", "keep_files: [kept, .git]\n");
  write("a/b.txt", "b");
  write("_site/old/file.html", "old");
  write("_site/kept/file.html", "kept");
  write("_site/.git/HEAD", "ref");
  write("_site/a", "a file where a folder is wanted");
  EXPECT_EQ(build().exit_code, 0);
  EXPECT_FALSE(has("_site/old"));
  EXPECT_EQ(read("_site/kept/file.html"), "kept");
  EXPECT_EQ(read("_site/.git/HEAD"), "ref");
  EXPECT_EQ(read("_site/a/b.txt"), "b");
}

TEST_F(BuildTest, FilesThatStayTheSameKeepTheirTimes) {
  write("a.txt", "a");
  write("b.txt", "b");
  EXPECT_EQ(build().exit_code, 0);
  auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1000);
  fs::last_write_time(folder() / "_site/a.txt", long_ago);
  fs::last_write_time(folder() / "_site/b.txt", long_ago);
  write("b.txt", "c");
  EXPECT_EQ(build().exit_code, 0);
  EXPECT_EQ(fs::last_write_time(folder() / "_site/a.txt"), long_ago);
  EXPECT_NE(fs::last_write_time(folder() / "_site/b.txt"), long_ago);
}

TEST_F(BuildTest, StopsAtWhatJekyllStopsAt) {
  const std::pair<const char*, const char*> broken[] = {
      {"date: soon", "'soon' is no date"},
      {"permalink: /:nope/", "':nope', which does not exist here"},
  };
  for (const auto& [front_matter, message] : broken) {
    write("_posts/2020-01-01-a.md", "---\n" + std::string(front_matter) + "\n---\n");
    Outcome outcome = build();
    EXPECT_NE(outcome.exit_code, 0) << front_matter;
    EXPECT_THAT(outcome.output, HasSubstr(message));
  }
}

TEST_F(BuildTest, WarningsStopNothing) {
  write("a.html", "---\npermalink: /x.html\n---\na");
  write("b.html", "---\nlayout: none-such\npermalink: /x.html\n---\nb");
  write("c.html", "---\nbroken: [\n---\nc");
  Outcome outcome = build();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("layout 'none-such' does not exist"));
  EXPECT_THAT(outcome.output, HasSubstr("_site/x.html: a.html, b.html; the last one is shown"));
  EXPECT_THAT(outcome.output, HasSubstr("error: c.html:"));
}

TEST_F(BuildTest, ExceptionsAreToldAsJekyllTellsThem) {
  write("_includes/x.html", "\n{{ 'a' | append }}");
  write("a.html", "---\n---\n{% include x.html %}");
  EXPECT_THAT(build().output,
              HasSubstr("_includes/x.html line 2): wrong number of arguments (given 1, expected 2) "
                        "included in a.html\n"));
  write("_includes/x.html", "{% nonsense %}");
  EXPECT_THAT(build().output, HasSubstr("Liquid Exception: Liquid syntax error ("));
}

TEST_F(BuildTest, AProfileCountsLayoutsAndIncludes) {
  write("_layouts/l.html", "{{ content }}");
  write("a.html", "---\nlayout: l\n---\n");
  write("b.html", "---\nlayout: l\n---\n");
  EXPECT_THAT(build("--profile").output, HasSubstr("_layouts/l.html | 2\n"));
}

TEST_F(BuildTest, FlagsChangeWhatIsShown) {
  write("_posts/2020-01-01-a.md", "---\n---\n");
  write("_posts/2020-01-02-b.md", "---\npublished: false\n---\n");
  write("_posts/2999-01-01-c.md", "---\n---\n");
  write("_drafts/d.md", "---\ndate: 2020-01-03\n---\n");
  write("i.txt", "---\n---\n{% for p in site.posts %}{{ p.slug }}{% endfor %}{{ site.url }}");
  const std::pair<const char*, const char*> cases[] = {
      {"", "a"},
      {"--unpublished", "ba"},
      {"--future", "ca"},
      {"--drafts", "da"},
      {"--limit_posts 1 --drafts", "d"},
      {"--url http://x", "ahttp://x"},
      {"--trace -V --no-watch", "a"},
  };
  for (const auto& [flags, text] : cases) {
    EXPECT_EQ(build(flags).exit_code, 0) << flags;
    EXPECT_EQ(read("_site/i.txt"), text) << flags;
  }
}

TEST_F(BuildTest, SheetsAreMadeCssByTheProgramItself) {
  write("main.scss", "---\n---\n@import 'a';\n");
  write("_sass/_a.scss", "a { b { c: d } }");
  Outcome outcome = build();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(read("_site/main.css"), "a b { c: d; }\n\n/*# sourceMappingURL=main.css.map */");
  write("_sass/_a.scss", "a { b: $c }");
  outcome = build();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("error: _sass/_a.scss:1:8: Sass: Undefined variable"));
  EXPECT_EQ(read("_site/main.css"), "a b { c: d; }\n\n/*# sourceMappingURL=main.css.map */");
}

TEST_F(BuildTest, AnotherSassRunsWhereTheSiteAsksForItAndTheFlagNamesIt) {
  write("sass.sh", "#!/bin/sh\nfor out; do :; done\necho other > $out\n");
  fs::permissions(folder() / "sass.sh", fs::perms::owner_all);
  std::string flag = "--sass-command '" + (folder() / "sass.sh").string() + "'";
  write("main.scss", "---\n---\na { b: c }\n");
  EXPECT_EQ(build(flag).exit_code, 0);
  EXPECT_THAT(read("_site/main.css"), HasSubstr("a { b: c; }"));
  write("_config.yml", "sass: {implementation: command, sourcemap: never}\n");
  EXPECT_EQ(build(flag).exit_code, 0);
  EXPECT_EQ(read("_site/main.css"), "other\n");
  EXPECT_THAT(build().output, HasSubstr("warning: main.scss: the configuration asks for another"));
  EXPECT_EQ(read("_site/main.css"), "a {\n  b: c;\n}\n");
}

TEST_F(BuildTest, ThemesAreTakenFromFoldersByNameOrAsTheNewestGem) {
  write("_config.yml", "theme: some\nexclude: [gems]\n");
  write("a.html", "---\nlayout: x\n---\na");
  Outcome outcome = build();
  EXPECT_THAT(outcome.output, HasSubstr("error: _config.yml: theme: the theme 'some' is neither"));
  EXPECT_EQ(read("_site/a.html"), "a");
  for (const char* version : {"some-2.9.1", "some-2.10.0", "some-2.10.0.pre", "some-other-3.0"}) {
    write(std::string("gems/") + version + "/_layouts/x.html",
          std::string(version) + "[{{ content }}]");
  }
  EXPECT_EQ(build("--themes gems").exit_code, 0);
  EXPECT_EQ(read("_site/a.html"), "some-2.10.0[a]");
  write("gems/some/_layouts/x.html", "plain[{{ content }}]");
  EXPECT_EQ(build("--themes gems").exit_code, 0);
  EXPECT_EQ(read("_site/a.html"), "plain[a]");
}

TEST_F(BuildTest, FilesOfTheDefaultThemeAreThoughNoRepositoryHasThem) {
  storage::TestRepository repository;
  repository.commit({{"_config.yml", "stet: {theme: default}\n"}, {"index.md", "---\n---\nHi\n"}});
  Outcome outcome = build("--repo '" + repository.path().string() + "'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_THAT(read("_site/assets/css/theme.css"), HasSubstr("body"));
}

}  // namespace
}  // namespace stet::program
