#pragma once
// Countries without a name, made from rows of numbers.

#include <filesystem>
#include <memory>
#include <string>

#include "models/cli/options.hpp"
#include "models/forecast/generic_country.hpp"
#include "models/transition/model.hpp"

namespace drawdown {

/// A folder for the files of countries: one that stays, if it is asked for, else one that goes with the program.
class CountryFolder {
  public:
    /// Throws sim::FileError.
    explicit CountryFolder(const std::string& asked);
    CountryFolder(const CountryFolder&) = delete;
    CountryFolder& operator=(const CountryFolder&) = delete;
    ~CountryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    bool kept_;
    std::filesystem::path path_;
};

/// Where the country without a name stands: as asked, else in the working folder, else beside the program's build folder.
/// Throws UsageError.
[[nodiscard]] std::filesystem::path generic_folder(const std::string& asked);

/// Makes countries from rows. Uncertain parameters come from --posterior; without it from the sample that is shipped with the
/// country without a name, unless --prior or --fixed-parameters says otherwise.
class CountryMaker {
  public:
    CountryMaker(const Options& options, std::filesystem::path generic);

    /// The country of `row`, in a folder of its own below `folder`. A follow-on that is not known is left out. The seed depends
    /// on options and row alone, so that all courses of the mission see the same draws. Parameters come from `sample` if there is
    /// one.
    [[nodiscard]] TransitionExperiment country(const ExitRow& row, const std::filesystem::path& folder,
                                               const MissionCourse& course = {},
                                               std::shared_ptr<const sim::ParameterSample> sample = nullptr) const;
    [[nodiscard]] sim::Date exit() const { return exit_; }
    [[nodiscard]] const std::filesystem::path& generic() const { return generic_; }
    /// The sample in use by default; null without one.
    [[nodiscard]] std::shared_ptr<const sim::ParameterSample> sample() const { return sample_; }

  private:
    Options options_;
    std::filesystem::path generic_;
    GenericCountry country_;
    Footprint footprint_;
    sim::Date start_, exit_, end_;
    std::shared_ptr<const sim::ParameterSample> sample_;
};

}  // namespace drawdown
