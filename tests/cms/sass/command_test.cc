#include "cms/sass/command.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "cms/sass/compiler.h"
#include "tests/cms/sass/memory_sources.h"
#include "tests/cms/sass/worker_place.h"

namespace stet::sass {
namespace {

namespace fs = std::filesystem;

// A program that takes what Dart Sass's takes, and does what `script` says.
class SassCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/sass-command-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  Compiled compiled(const std::string& script, Sheet sheet) {
    fs::path program = folder_ / "sass";
    std::ofstream(program) << "#!/bin/sh\nfor out; do in=$last; last=$out; done\n"
                           << script << "\n";
    ::chmod(program.c_str(), 0755);
    CompilerOptions options = test_options();
    options.command = {program.string()};
    options.temporary_folder = folder_ / "work";
    fs::create_directory(options.temporary_folder);
    sheet.name = "main.scss";
    sheet.path = "css/main.scss";
    sheet.first_line = 3;
    sheet.load_paths = {"_sass"};
    MemorySources sources{{"_sass/_a.scss", "partial"}};
    Compiled made = Compiler(options).compile(sheet, sources);
    EXPECT_TRUE(fs::is_empty(options.temporary_folder));
    fs::remove_all(options.temporary_folder);
    return made;
  }

  static Sheet sheet_of(std::string text) {
    Sheet sheet;
    sheet.engine = Engine::kCommand;
    sheet.text = std::move(text);
    return sheet;
  }

  fs::path folder_;
};

TEST_F(SassCommand, SeesTheSheetAndWhatItUsesAndNothingElse) {
  Compiled made =
      compiled("find . -type f | sort > $out; cat $in _sass/_a.scss >> $out; echo >> $out",
               sheet_of("@use 'a';"));
  EXPECT_FALSE(made.is_failed);
  EXPECT_EQ(made.css, "./_sass/_a.scss\n./main.scss\n@use 'a';partial\n");
  EXPECT_FALSE(made.looked_for.empty());
}

TEST_F(SassCommand, IsToldStyleMapAndLoadPaths) {
  Sheet sheet = sheet_of("x");
  EXPECT_EQ(compiled("echo \"$@\" > $out", sheet).css,
            "--style=expanded --quiet --no-error-css --no-color --no-source-map --load-path=_sass "
            "main.scss ../made/sheet.css\n");
  sheet.style = Style::kCompressed;
  sheet.has_map = true;
  Compiled made = compiled(
      "printf 'css\\n\\n/*# sourceMappingURL=sheet.css.map */\\n' > $out; echo map > $out.map",
      sheet);
  EXPECT_EQ(made.css, "css\n\n/*# sourceMappingURL=main.css.map */");
  EXPECT_EQ(made.map, "map\n");
}

TEST_F(SassCommand, TellsMistakesWhereTheyAre) {
  Compiled made = compiled(
      "printf 'Error: Undefined variable.\\n  |\\n7 | x\\n  |\\n  main.scss 7:4  root "
      "stylesheet\\n' >&2; "
      "exit 65",
      sheet_of("x"));
  ASSERT_TRUE(made.is_failed);
  EXPECT_EQ(to_string(made.problems.at(0)), "css/main.scss:9:4: Sass: Undefined variable.");
}

TEST_F(SassCommand, ThatMakesNothingOrIsNotThereIsAProblem) {
  EXPECT_TRUE(compiled("exit 0", sheet_of("x")).is_failed);
  EXPECT_TRUE(compiled("exit 3", sheet_of("x")).is_failed);
}

TEST_F(SassCommand, IsNotRunForSheetsThatDoNotAskForIt) {
  Sheet sheet = sheet_of("a{b:c}");
  sheet.engine = Engine::kLibsass;
  EXPECT_EQ(compiled("echo wrong > $out", sheet).css, "a { b: c; }\n");
}

}  // namespace
}  // namespace stet::sass
