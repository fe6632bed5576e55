#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/command.h"
#include "api/targets/mirror_check.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::uint64_t kKeyBytesMax = 4096;
constexpr std::size_t kToldMax = 1000;  // paths of a kind

struct VerifyFlags {
  std::string copy, key;
  std::vector<std::string> allowed_networks;
};

// The key itself, or the name of a file that has it.
Result<MinisignPublicKey> key_of(const std::string& named) {
  if (auto key = MinisignPublicKey::parse(named)) return key;
  auto text = read_file(named, kKeyBytesMax);
  if (!text) {
    return invalid_input("--key '" + named +
                         "' is neither a public key (RWQ...) nor a file of one");
  }
  return MinisignPublicKey::parse(*text);
}

void tell(const char* what, const std::vector<std::string>& paths) {
  for (std::size_t i = 0; i < paths.size() && i < kToldMax; ++i) {
    std::cout << what << "\t" << paths[i] << "\n";
  }
  if (paths.size() > kToldMax) {
    std::cout << what << "\t... and " << paths.size() - kToldMax << " more\n";
  }
}

Status verify(const VerifyFlags& flags) {
  const auto key = TRY(key_of(flags.key));
  targets::MirrorFindings found;
  if (flags.copy.starts_with("https://") || flags.copy.starts_with("http://")) {
    std::vector<Network> allowed;
    for (const std::string& text : flags.allowed_networks) {
      allowed.push_back(TRY(Network::parse(text)));
    }
    found = TRY(targets::check_url(flags.copy,
                                   key,
                                   storage::AddressFilter(std::move(allowed)),
                                   std::string("stet/") + STET_VERSION));
  } else {
    found = TRY(targets::check_folder(flags.copy, key));
  }
  tell("missing", found.missing);
  tell("altered", found.altered);
  tell("extra", found.extra);
  tell("unread", found.unread);
  std::cout << found.good << " files are true: " << found.trusted << std::endl;
  if (found.is_true()) return {};
  return conflict("the copy is not that of the site");
}

}  // namespace

void add_verify(CLI::App& program, Run& run) {
  auto flags = std::make_shared<VerifyFlags>();
  CLI::App* command = program.add_subcommand(
      "verify",
      "whether a copy of a site is the one that was signed: what is missing, altered, extra");
  command->add_option("COPY", flags->copy, "a folder, or the URL of the copy's root")->required();
  command->add_option("--key", flags->key, "the site's public key, or a file of it")->required();
  command->add_option("--allow-network",
                      flags->allowed_networks,
                      "beside the public internet, such as 127.0.0.0/8");
  command->callback([flags, &run] { run = [flags] { return verify(*flags); }; });
}

}  // namespace stet::program
