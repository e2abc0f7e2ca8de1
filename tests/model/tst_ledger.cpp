// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;

/// The claims ledger: what name, config, tensors, tokenizer and generation config say of each other. Each change to a
/// sound model has exactly its own finding, and published models have none.
class TestLedger : public QObject
{
    Q_OBJECT

    using Files = QMap<QString, QByteArray>;

    QTemporaryDir m_folder;
    int m_number = 0;

    /// The model in a folder of this name with more files beside it; ' stands for " in their texts.
    ModelFacts factsOf(const SmallLlama &model, const Files &files, const QString &name = QStringLiteral("small"))
    {
        const QString folder = m_folder.filePath(QString::number(++m_number)) + '/' + name;
        model.write(folder);
        for (auto file = files.begin(); file != files.end(); ++file) {
            QFile out(folder + '/' + file.key());
            QByteArray text = file.value();
            if (!out.open(QIODevice::WriteOnly) || out.write(text.replace('\'', '"')) < 0)
                qFatal("%s cannot be written", qPrintable(file.key()));
        }
        return inspected(folder).facts;
    }

    static const Finding *finding(const ModelFacts &facts, FindingCode code)
    {
        for (const Finding &one : facts.findings) {
            if (one.code == code)
                return &one;
        }
        return nullptr;
    }

    /// Three routed experts a layer in place of the dense MLP.
    static SmallLlama mixture(int experts)
    {
        SmallLlama model;
        model.config["architectures"] = QJsonArray{"MixtralForCausalLM"};
        model.config["model_type"] = "mixtral";
        model.config["num_local_experts"] = 3;
        model.config["num_experts_per_tok"] = 1;
        for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
            for (const char *part : {"gate", "up", "down"})
                model.tensors.erase(layer + "mlp." + part + "_proj.weight");
            model.tensors[layer + "block_sparse_moe.gate.weight"] = {3, 8};
            for (int i = 0; i < experts; ++i) {
                const std::string expert = layer + "block_sparse_moe.experts." + std::to_string(i);
                model.tensors[expert + ".w1.weight"] = model.tensors[expert + ".w3.weight"] = {12, 8};
                model.tensors[expert + ".w2.weight"] = {8, 12};
            }
        }
        return model;
    }

private slots:
    void biasesOfAnotherFamily()
    {
        SmallLlama model;
        for (const std::string layer : {"model.layers.0.self_attn.", "model.layers.1.self_attn."}) {
            model.tensors[layer + "q_proj.bias"] = {8};
            model.tensors[layer + "k_proj.bias"] = model.tensors[layer + "v_proj.bias"] = {4};
        }
        const ModelFacts facts = factsOf(model, {});
        QCOMPARE(findingIds(facts), QStringList{"config.architecture"});
        QCOMPARE(facts.findings[0].arguments, (std::vector<std::string>{"LlamaForCausalLM", "Qwen2"}));
        QVERIFY(!facts.findings[0].evidence.empty());
        // The config may ask for them: models of other makers in Llama's form do.
        model.config["attention_bias"] = true;
        QCOMPARE(findingIds(factsOf(model, {})), QStringList());
    }

    void namesOfAnotherFamily()
    {
        SmallLlama model;
        for (const std::string layer : {"model.layers.0.self_attn.", "model.layers.1.self_attn."})
            model.tensors[layer + "q_norm.weight"] = model.tensors[layer + "k_norm.weight"] = {2};
        QCOMPARE(findingIds(factsOf(model, {})), QStringList{"tensors.unexpected"}); // four of 23: some odd tensors
        model.config["architectures"] = QJsonArray{"GPTNeoXForCausalLM"};
        model.config["model_type"] = "gpt_neox";
        const ModelFacts facts = factsOf(model, {});
        const Finding *told = finding(facts, FindingCode::ArchitectureDisagrees);
        QVERIFY(told);
        QCOMPARE(told->arguments, (std::vector<std::string>{"GPTNeoXForCausalLM", "Qwen3"}));
        QVERIFY(!findingIds(facts).contains("tensors.missing"));
    }

    void familiesInNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *name, const char *found) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(found);
        };
        row("Llama-3-tuned", "");
        row("Meta_Llama", "");
        row("hermes-of-nobody", "");
        row("Mistral-like", ""); // Mistral's own structure is Llama's
        row("DeepSeek-R1", "name.distilled");
        row("deepseek_r1-quantised", "name.distilled");
        row("DeepSeek-V3-chat", "name.distilled");
        row("DeepSeek-R1-Distill-Llama", "");
        row("deepseek-coder", ""); // built with Llama's structure
        row("gemma-small", "name.family");
        row("Mixtral-merged", "name.family");
        row("Kimi-K2-mini", "name.family");
        row("gemma-to-llama", ""); // one of its words is right
    }
    void familiesInNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, found);
        const QStringList wanted = found.isEmpty() ? QStringList() : QStringList{found};
        QCOMPARE(findingIds(factsOf(SmallLlama(), {}, name)), wanted);
    }

    void aDistilledModelUnderTheFullName()
    {
        const QString folder = m_folder.filePath("DeepSeek-R1");
        QVERIFY(generate("make_dense_index.py",
                         {"--config", dataFolder() + "/configs/qwen2-7b-shape.json", "--out", folder}));
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(findingIds(facts), QStringList{"name.distilled"});
        QCOMPARE(facts.findings[0].arguments, (std::vector<std::string>{"DeepSeek-R1", "Qwen2.5 7B"}));
        QVERIFY(facts.findings[0].shownEvidence().find("7,615,616,512") != std::string::npos);
    }

    void experts()
    {
        QCOMPARE(findingIds(factsOf(mixture(3), {})), QStringList());
        const ModelFacts pruned = factsOf(mixture(2), {});
        QCOMPARE(findingIds(pruned), QStringList{"config.experts"});
        QCOMPARE(pruned.findings[0].arguments, (std::vector<std::string>{"3", "2"}));
        QCOMPARE(pruned.countedExperts.value(), int64_t(2));
        // Experts that are stored in two dtypes do not fold into one row; they are three all the same.
        SmallLlama mixed = mixture(3);
        for (const std::string layer : {"0", "1"}) {
            for (const char *part : {"w1", "w2", "w3"})
                mixed.dtypes["model.layers." + layer + ".block_sparse_moe.experts.1." + part + ".weight"] = Dtype::F16;
        }
        QCOMPARE(factsOf(mixed, {}).countedExperts.value(), int64_t(3));
    }

    void furtherTokenLayers()
    {
        SmallLlama model;
        model.config["num_nextn_predict_layers"] = 1;
        const ModelFacts facts = factsOf(model, {});
        QCOMPARE(findingIds(facts), QStringList{"config.next_token_layers"});
        QCOMPARE(facts.findings[0].arguments, (std::vector<std::string>{"1", "0"}));
        // A module of its own is one, however it is numbered.
        for (const char *name : {"mtp.fc.weight", "mtp.layers.0.norm.weight", "model.mtp_layers.0.input_proj.weight"}) {
            SmallLlama with = model;
            with.tensors[name] = {8, 8};
            QCOMPARE(factsOf(with, {}).nextTokenLayers, int64_t(1));
            QVERIFY(!findingIds(factsOf(with, {})).contains("config.next_token_layers"));
        }
    }

    void positionTables_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<bool>("found");
        QTest::newRow("exact") << 32 << false;
        QTest::newRow("more") << 40 << false;
        QTest::newRow("fewer") << 31 << true;
    }
    void positionTables()
    {
        QFETCH(int, rows);
        QFETCH(bool, found);
        SmallLlama model;
        model.tensors.clear();
        model.config = QJsonObject{{"architectures", QJsonArray{"GPT2LMHeadModel"}}, {"model_type", "gpt2"}, {"n_layer", 1},
                                   {"n_embd", 8}, {"n_head", 2}, {"n_positions", 32}, {"vocab_size", 20}};
        model.tensors["wte.weight"] = {20, 8};
        model.tensors["wpe.weight"] = {rows, 8};
        for (const std::string norm : {"ln_f", "h.0.ln_1", "h.0.ln_2"})
            model.tensors[norm + ".weight"] = model.tensors[norm + ".bias"] = {8};
        const auto linear = [&model](const std::string &name, int64_t in, int64_t out) {
            model.tensors[name + ".weight"] = {in, out};
            model.tensors[name + ".bias"] = {out};
        };
        linear("h.0.attn.c_attn", 8, 24);
        linear("h.0.attn.c_proj", 8, 8);
        linear("h.0.mlp.c_fc", 8, 32);
        linear("h.0.mlp.c_proj", 32, 8);
        const ModelFacts facts = factsOf(model, {});
        QCOMPARE(findingIds(facts), found ? QStringList{"config.positions"} : QStringList());
        if (found)
            QCOMPARE(facts.findings[0].arguments, (std::vector<std::string>{"32", "31"}));
    }

    void tokens_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *name, const char *file, const char *text, const char *found) {
            QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(text) << QString::fromLatin1(found);
        };
        const char *generation = "generation_config.json", *tokenizer = "tokenizer_config.json";
        row("the same end", generation, "{'eos_token_id':2}", "");
        row("more ends", generation, "{'eos_token_id':[7,2]}", "");
        row("another end", generation, "{'eos_token_id':[7,8]}", "tokenizer.special_token");
        row("another beginning", generation, "{'bos_token_id':5}", "tokenizer.special_token");
        row("damaged", generation, "{'bos_token_id':", "config.generation_unreadable");
        row("the tokenizer's end", tokenizer,
            "{'eos_token':'</s>','added_tokens_decoder':{'2':{'content':'</s>'}}}", "");
        row("another one", tokenizer, "{'eos_token':{'content':'<e>'},'added_tokens_decoder':{'3':{'content':'<e>'}}}",
            "tokenizer.special_token");
        row("no id is known", tokenizer, "{'eos_token':'<e>'}", "");
        row("the same context", tokenizer, "{'model_max_length':64}", "");
        row("another context", tokenizer, "{'model_max_length':32}", "config.context");
        row("no limit", tokenizer, "{'model_max_length':1000000000000000019884624838656}", "");
        row("marks of turns", tokenizer, "{'added_tokens_decoder':{'4':{'content':'<|im_start|>'}}}",
            "tokenizer.chat_template");
        row("marks and a template", tokenizer,
            "{'chat_template':'x','added_tokens_decoder':{'4':{'content':'<|im_start|>'}}}", "");
        row("odd types", tokenizer, "{'eos_token':3,'added_tokens_decoder':[],'model_max_length':'x'}", "");
    }
    void tokens()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, found);
        SmallLlama model;
        model.config["eos_token_id"] = 2;
        model.config["bos_token_id"] = 1;
        model.config["max_position_embeddings"] = 64;
        QCOMPARE(findingIds(factsOf(model, {{file, text}})), found.isEmpty() ? QStringList() : QStringList{found});
    }

    void chatNamesWithoutATemplate()
    {
        const Files tokenizer{{"tokenizer_config.json", "{}"}};
        QCOMPARE(findingIds(factsOf(SmallLlama(), tokenizer, "small-chat")), QStringList{"tokenizer.chat_template"});
        QCOMPARE(findingIds(factsOf(SmallLlama(), tokenizer, "small-it")), QStringList{"tokenizer.chat_template"});
        QCOMPARE(findingIds(factsOf(SmallLlama(), tokenizer, "small")), QStringList());
        QCOMPARE(findingIds(factsOf(SmallLlama(), {}, "small-chat")), QStringList()); // no tokenizer: nothing is known
        Files with = tokenizer;
        with["chat_template.jinja"] = "{{ x }}";
        QCOMPARE(findingIds(factsOf(SmallLlama(), with, "small-chat")), QStringList());
    }

    void rowsThatNoTokenUses_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<QByteArray>("tokenizer");
        QTest::addColumn<bool>("found");
        const QByteArray small = "{'added_tokens':[{'id':19}],'model':{'vocab':{'a':0}}}";
        QTest::newRow("padding") << 1000 << small << false;
        QTest::newRow("too many") << 2000 << small << true;
        QTest::newRow("Unigram") << 2000 << QByteArray("{'model':{'vocab':[['a',-1],['b',-2]]}}") << true;
        QTest::newRow("vocabulary not there") << 2000 << QByteArray("{'added_tokens':[{'id':19}]}") << false;
        QTest::newRow("broken off") << 2000 << QByteArray("{'model':{'vocab':{'a':0,'b'") << false;
        QTest::newRow("odd ids") << 2000 << QByteArray("{'model':{'vocab':{'a':'x'}}}") << false;
    }
    void rowsThatNoTokenUses()
    {
        QFETCH(int, rows);
        QFETCH(QByteArray, tokenizer);
        QFETCH(bool, found);
        SmallLlama model;
        model.config["vocab_size"] = rows;
        model.tensors["model.embed_tokens.weight"] = model.tensors["lm_head.weight"] = {rows, 8};
        QCOMPARE(findingIds(factsOf(model, {{"tokenizer.json", tokenizer}})),
                 found ? QStringList{"tokenizer.vocabulary_unused"} : QStringList());
    }

    void quantizationThatIsNotThere()
    {
        SmallLlama model;
        model.config["quantization_config"] = QJsonObject{{"quant_method", "gptq"}, {"bits", 4}};
        const ModelFacts facts = factsOf(model, {});
        QCOMPARE(findingIds(facts), QStringList{"config.quantization"});
        QCOMPARE(facts.findings[0].sentence(),
                 std::string("The config declares the quantization gptq 4-bit, the tensors are not quantized"));
        // A method that is not known here is not judged.
        model.config["quantization_config"] = QJsonObject{{"quant_method", "hqq"}};
        QCOMPARE(findingIds(factsOf(model, {})), QStringList());
    }

    void quantizationInAFileOfItsOwn()
    {
        SmallLlama model;
        const std::string name = "model.layers.0.self_attn.q_proj.";
        model.tensors.erase(name + "weight");
        const std::map<std::string, std::pair<std::vector<int64_t>, Dtype>> stored{
            {"qweight", {{1, 8}, Dtype::I32}}, {"qzeros", {{2, 1}, Dtype::I32}}, {"scales", {{2, 8}, Dtype::F16}}};
        for (const auto &[ending, tensor] : stored) {
            model.tensors[name + ending] = tensor.first;
            model.dtypes[name + ending] = tensor.second;
        }
        const Files old{{"quantize_config.json", "{'bits':4,'group_size':4}"}};
        QCOMPARE(findingIds(factsOf(model, old)), QStringList());
        QCOMPARE(factsOf(model, old).quantization, std::string("gptq 4-bit"));
        // The file says other bits than the tensors have, or groups of another size.
        QCOMPARE(findingIds(factsOf(model, {{"quantize_config.json", "{'bits':8,'group_size':4}"}})),
                 QStringList{"config.quantization"});
        const ModelFacts wrong = factsOf(model, {{"quantize_config.json", "{'bits':4,'group_size':8}"}});
        QCOMPARE(findingIds(wrong), QStringList{"quantization.scale_shape"});
        QCOMPARE(wrong.findings[0].arguments,
                 (std::vector<std::string>{"model.layers.0.self_attn.q_proj.scales", "2 x 8", "1 x 8"}));
    }

    void scalesOfAnotherBlock()
    {
        SmallLlama model;
        const std::string name = "model.layers.0.mlp.down_proj.";
        model.dtypes[name + "weight"] = Dtype::F8E4M3;
        model.dtypes[name + "weight_scale_inv"] = Dtype::F32;
        model.tensors[name + "weight_scale_inv"] = {2, 3};
        model.config["quantization_config"] =
            QJsonObject{{"quant_method", "fp8"}, {"weight_block_size", QJsonArray{4, 4}}};
        QCOMPARE(findingIds(factsOf(model, {})), QStringList());
        model.tensors[name + "weight_scale_inv"] = {3, 2};
        QCOMPARE(findingIds(factsOf(model, {})), QStringList{"quantization.scale_shape"});
    }

    void codeOfTheMaker()
    {
        SmallLlama model;
        model.config["auto_map"] = QJsonObject{{"AutoConfig", "configuration_small.SmallConfig"},
                                               {"AutoModelForCausalLM", "modeling_small.SmallForCausalLM"},
                                               {"AutoTokenizer", QJsonArray{"tokenization_small.Tokenizer", QJsonValue()}}};
        const ModelFacts facts = factsOf(model, {});
        QCOMPARE(findingIds(facts), QStringList{"config.remote_code"});
        QCOMPARE(facts.findings[0].arguments[0],
                 std::string("configuration_small.py, modeling_small.py, tokenization_small.py"));
        for (const QJsonValue &odd : {QJsonValue(3), QJsonValue(QJsonObject{{"AutoModel", 3}}), QJsonValue(QJsonObject())}) {
            model.config["auto_map"] = odd;
            QCOMPARE(findingIds(factsOf(model, {})), QStringList());
        }
    }

    void licences_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("licence");
        const auto row = [](const char *name, const char *file, const char *text, const char *licence) {
            QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(text) << QString::fromLatin1(licence);
        };
        row("none", "notes.txt", "mit", "");
        row("a model card", "README.md", "---\nlanguage: en\nlicense: mit\n---\n# x\n", "mit");
        row("of its own", "README.md", "---\nlicense: other\nlicense_name: small-licence\n---\n", "small-licence");
        row("Windows' lines", "README.md", "---\r\nlicense: apache-2.0\r\n---\r\n", "apache-2.0");
        row("below the front", "README.md", "# x\nlicense: mit\n", "");
        row("after the front", "README.md", "---\nlanguage: en\n---\nlicense: mit\n", "");
        row("a file", "LICENSE", "Do what you want.", "LICENSE");
        row("a British one", "Licence.txt", "", "Licence.txt");
    }
    void licences()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, licence);
        const ModelFacts facts = factsOf(SmallLlama(), {{file, text}});
        QCOMPARE(QString::fromStdString(facts.licence), licence);
        QCOMPARE(finding(facts, FindingCode::LicenceMissing) != nullptr, licence.isEmpty());
    }

    void jsonCarriesWhyAndEvidence()
    {
        SmallLlama model;
        model.config["hidden_size"] = 16;
        model.config["head_dim"] = 2;
        const nlohmann::json findings = factsToJson(factsOf(model, {}))["findings"];
        QVERIFY(!findings.empty());
        for (const nlohmann::json &one : findings)
            QVERIFY(one["why"].is_string() && one.contains("evidence"));
        QVERIFY(findings[0]["evidence"].get<std::string>().find("model.embed_tokens.weight 20 x 8") != std::string::npos);
    }

    void publishedModelsHaveNoFindings_data()
    {
        QTest::addColumn<QString>("slug");
        QTest::addColumn<QString>("script");
        const QDir configs(sharedFolder() + "/reference/configs");
        const QStringList slugs =
            sharedFolder().isEmpty() ? QStringList() : configs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        if (slugs.isEmpty())
            QTest::newRow("none") << QString() << QString();
        for (const QString &slug : slugs) {
            const QString type = readJson(configs.filePath(slug) + "/config.json")["model_type"].toString();
            const bool dense = QStringList{"llama", "qwen2", "qwen3", "mistral"}.contains(type);
            if (dense || type == "deepseek_v3" || type == "kimi_k2")
                QTest::newRow(qPrintable(slug)) << slug << (dense ? "make_dense_index.py" : "make_r1_index.py");
        }
    }
    void publishedModelsHaveNoFindings()
    {
        QFETCH(QString, slug);
        QFETCH(QString, script);
        if (slug.isEmpty())
            QSKIP("the shared reference data is not here");
        const QString folder = m_folder.filePath(slug), source = sharedFolder() + "/reference/configs/" + slug;
        QVERIFY(generate(script, {"--config", source + "/config.json", "--out", folder}));
        QFile::copy(source + "/generation_config.json", folder + "/generation_config.json");
        QSet<QString> allowed{"licence.missing"}; // the generators write no model card
        if (readJson(source + "/config.json").contains("auto_map"))
            allowed << "config.remote_code"; // DeepSeek's files do ask for it
        if (slug.startsWith("deepseek-r1-distill-qwen"))
            allowed << "tokenizer.special_token"; // generation begins with 151646, the config says 151643 (identity.md 2.2)
        for (const Finding &one : inspected(folder).facts.findings)
            QVERIFY2(allowed.contains(definitionOf(one.code).id),
                     (one.sentence() + " [" + one.shownEvidence() + "]").c_str());
    }
};

QTEST_APPLESS_MAIN(TestLedger)
#include "tst_ledger.moc"
