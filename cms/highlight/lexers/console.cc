#include <algorithm>
#include <memory>
#include <utility>

#include "cms/highlight/lexer.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

// All of it is output.
class Output final : public Lexer {
 public:
  void reset() override {}

 protected:
  void read() override { take(kGenericOutput, rest().size()); }
};

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && kSpace.has(line.front())) line.remove_prefix(1);
  while (!line.empty() && kSpace.has(line.back())) line.remove_suffix(1);
  return line;
}

// "..." or "<...>": something was left out.
bool is_elision(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 2 && line.front() == '<' && line.back() == '>') {
    line = line.substr(1, line.size() - 2);
  }
  return !line.empty() && line.find_first_not_of('.') == line.npos;
}

// Up to the first mark that ends a shell's prompt; 0 where the line has none.
std::size_t shell_prompt(std::string_view line) { return line.find_first_of("$#>;") + 1; }

// "irb(main):001:0>", and pry's.
std::size_t ruby_prompt(std::string_view line) {
  const std::size_t name = std::min(line.find("irb"), line.find("pry"));
  return name == line.npos ? 0 : line.find_first_of(">\"*", name + 3) + 1;
}

// A session: prompts with commands, and what they answered, line by line.
class Session final : public Lexer {
 public:
  using Prompt = std::size_t (*)(std::string_view line);

  Session(Prompt prompt, std::unique_ptr<Lexer> command, std::unique_ptr<Lexer> output)
      : prompt_(prompt), command_(std::move(command)), output_(std::move(output)) {}

  void reset() override {
    command_->reset();
    output_->reset();
  }

 protected:
  void read() override {
    reset();
    while (!at_end()) read_line();
  }

 private:
  void read_line() {
    const std::size_t size = line() + one(kLineFeed, line());
    const std::string_view text = view(size);
    const std::size_t prompt = is_elision(text) ? 0 : prompt_(text);
    if (prompt > 0) {
      output_->reset();
      take(kGenericPrompt, prompt);
      const std::size_t gap = std::min(run(kSpace), size - prompt);
      take(kWhitespace, gap);
      hand(*command_, size - prompt - gap);
    } else if (is_elision(text) || trimmed(text).starts_with('#')) {
      reset();
      take(kComment, size);
    } else {
      command_->reset();
      hand(*output_, size);
    }
  }

  Prompt prompt_;
  std::unique_ptr<Lexer> command_;
  std::unique_ptr<Lexer> output_;
};

}  // namespace

std::unique_ptr<Lexer> make_console() {
  return std::make_unique<Session>(shell_prompt, make_shell(), std::make_unique<Output>());
}

std::unique_ptr<Lexer> make_irb() {
  return std::make_unique<Session>(ruby_prompt, make_ruby(), make_irb_output());
}

}  // namespace stet::highlight
