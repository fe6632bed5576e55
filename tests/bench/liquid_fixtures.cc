// Templates of a folder parsed and rendered over and over: what each costs in CPU time.
//
// liquid_fixtures FOLDER...   Each folder has templates/index.liquid, data.json,
// expected_result.txt, as golden-liquid's benchmark_fixtures have. Prints a line a folder: name,
// parses a CPU second, renders a CPU second. A result that differs from the expected one by more
// than blanks at its end is said on stderr, and the program fails.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cms/liquid/template.h"
#include "tests/cms/liquid/plain_host.h"

namespace stet::liquid {
namespace {

namespace fs = std::filesystem;
constexpr double kSeconds = 2;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Value value_of(const nlohmann::ordered_json& json) {
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  if (json.is_array()) {
    std::vector<Value> items;
    for (const auto& item : json) items.push_back(value_of(item));
    return make_array(std::move(items));
  }
  if (!json.is_object()) return Value();
  std::vector<std::pair<std::string, Value>> members;
  for (const auto& [key, member] : json.items()) members.emplace_back(key, value_of(member));
  return make_hash(std::move(members));
}

// Lines that are not the same, blanks at the end of the text aside.
int differing_lines(const std::string& result, const std::string& expected) {
  std::istringstream ours(result), theirs(expected);
  int count = 0;
  for (std::string our, their; ours || theirs; our.clear(), their.clear()) {
    std::getline(ours, our);
    std::getline(theirs, their);
    count += our != their;
  }
  return count;
}

// Jekyll's include names a file without quotes.
std::string with_jekylls_include(std::string text) {
  constexpr std::string_view kQuoted = "{% include \"";
  for (std::size_t at = 0; (at = text.find(kQuoted, at)) != std::string::npos;) {
    at += kQuoted.size() - 1;
    text.erase(text.find('"', at + 1), 1);
    text.erase(at, 1);
  }
  return text;
}

template <typename Work>
double times_a_second(Work work) {
  work();
  std::clock_t begin = std::clock();
  double seconds = 0;
  std::size_t times = 0;
  for (; seconds < kSeconds; ++times) {
    work();
    if (times % 64 == 0) seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  return static_cast<double>(times) / (static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
}

bool measure(const fs::path& folder) {
  auto data = nlohmann::ordered_json::parse(read_file(folder / "data.json"));
  Globals globals;
  for (const auto& [key, member] : data.items()) globals.push_back({key, value_of(member)});
  PlainHost host;
  std::vector<std::string> sources;
  for (const auto& file : fs::directory_iterator(folder / "templates")) {
    std::string text = with_jekylls_include(read_file(file.path()));
    host.includes[file.path().filename().string()] = text;
    host.includes[file.path().stem().string()] = text;
    sources.push_back(std::move(text));
  }
  Parsed parsed = Template::parse(host.includes["index.liquid"], "index.liquid");
  std::string result = parsed.tree->render(globals, host, {}).output;
  std::string expected = read_file(folder / "expected_result.txt");
  int differing = differing_lines(result, expected);
  bool is_right = differing <= 1;  // one line may hold the year in which it was written
  if (!is_right) std::cerr << folder << ": " << differing << " lines are others than expected\n";
  double parses = times_a_second([&] {
    for (const std::string& source : sources) Template::parse(source, "index.liquid");
  });
  double renders = times_a_second([&] { parsed.tree->render(globals, host, {}); });
  std::printf("%s %.0f %.0f\n", folder.filename().c_str(), parses, renders);
  return is_right;
}

}  // namespace
}  // namespace stet::liquid

int main(int argc, char** argv) {
  bool is_right = true;
  for (int i = 1; i < argc; ++i) is_right &= stet::liquid::measure(argv[i]);
  return is_right ? 0 : 1;
}
