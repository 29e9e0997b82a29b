import pytest

from towns.language.pinyin import romanise, search_key, search_names

GUANGDONG = """
金利镇 Jinli|禄步镇 Lubu|大沙镇 Dasha|龙甫镇 Longfu
高要区 Gaoyao|四会市 Sihui|肇庆市 Zhaoqing
广东省 Guangdong|蚬岗镇 Xiangang|北滘镇 Beijiao|塘厦镇 Tangxia
大埔县 Dabu|番禺区 Panyu|车陂街道 Chebei
东涌镇 Dongchong|麻涌镇 Machong|新圩镇 Xinxu|石咀镇 Shizui
礼乐街道 Lile|乐昌市 Lechang|乐从镇 Lecong
勒流街道 Leliu|花都区 Huadu|长安镇 Chang'an|长岗镇 Changgang
曾田镇 Zengtian|浰源镇 Liyuan|古镇镇 Guzhen
永安镇 Yong'an|下茆镇 Xiamao|宾亨镇 Binheng
下帅壮族瑶族乡 Xiashuai|连南瑶族自治县 Liannan
佛冈县 Fogang|织篢镇 Zhigong|河儿口镇 He'erkou
城东街道 Chengdong|浛洸镇 Hanguang|大沥镇 Dali
""".replace("\n", "|")
ELSEWHERE = """
长葛市 Changge|六安市 Lu'an|六合区 Luhe|西安市 Xi'an
重庆市 Chongqing|蚌埠市 Bengbu|亳州市 Bozhou
台州市 Taizhou|丽水市 Lishui|歙县 Shexian|黟县 Yixian
乐清市 Yueqing|乐亭县 Laoting|洪洞县 Hongtong
蔚县 Yuxian|尉犁县 Yuli|单县 Shanxian|莘县 Shenxian
东阿县 Dong'e|监利市 Jianli|井陉县 Jingxing
大城县 Daicheng|浚县 Xunxian|荥阳市 Xingyang|荥经县 Yingjing
犍为县 Qianwei|渑池县 Mianchi|柞水县 Zhashui
涡阳县 Guoyang|漯河市 Luohe|珲春市 Hunchun|盱眙县 Xuyi
厦门市 Xiamen|宕昌县 Dangchang|吕梁市 Lüliang
陕西省 Shaanxi|内蒙古自治区 Inner Mongolia|呼和浩特市 Hohhot
长子县 Zhangzi|恩施土家族苗族自治州 Enshi
礼县 Lixian|中牟县 Zhongmu|铅山县 Yanshan
什邡市 Shifang|枞阳县 Zongyang|儋州市 Danzhou
""".replace("\n", "|")


def pairs(table):
    return [line.split(" ", 1) for line in table.strip("|").split("|")]


@pytest.mark.parametrize(("name", "english"), pairs(GUANGDONG))
def test_places_of_guangdong(name, english):
    assert romanise(name, code="441204115") == english


@pytest.mark.parametrize(("name", "english"), pairs(ELSEWHERE))
def test_places_elsewhere(name, english):
    assert romanise(name, code="340000000") == english


def test_search_key_forgets_accents_spaces_and_apostrophes():
    assert search_key("Lu'an") == search_key("LU AN") == "luan"
    assert search_key("Lüliang") == "lvliang"


@pytest.mark.parametrize("asked", ["金利", "金利镇", "jinli", "Jin li", "jinlizhen", "jlz"])
def test_a_town_is_found_in_every_form(asked):
    names = search_names(name_zh="金利镇", name_en="Jinli", other_names="")

    assert search_key(asked) in names
