package io.tapedeck.codecs.itch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of any message, found by their accessors: a getter and a setter of one name and type make a field. */
public final class ItchFields {
    /** All message classes, in the order of the specification. */
    public static final List<Class<? extends ItchMessageFlyweight<?>>> MESSAGES = List.of(
            SystemEvent.class,
            StockDirectory.class,
            StockTradingAction.class,
            RegShoRestriction.class,
            MarketParticipantPosition.class,
            MwcbDeclineLevel.class,
            MwcbStatus.class,
            IpoQuotingPeriodUpdate.class,
            LuldAuctionCollar.class,
            OperationalHalt.class,
            AddOrder.class,
            AddOrderMpid.class,
            OrderExecuted.class,
            OrderExecutedWithPrice.class,
            OrderCancel.class,
            OrderDelete.class,
            OrderReplace.class,
            Trade.class,
            CrossTrade.class,
            BrokenTrade.class,
            NetOrderImbalance.class,
            RetailInterest.class,
            DirectListingPriceDiscovery.class);

    private static final Map<Class<?>, Map<String, Method[]>> ACCESSORS = new ConcurrentHashMap<>();

    private ItchFields() {}

    /** A new flyweight of each type. */
    public static Map<Byte, ItchMessageFlyweight<?>> newFlyweights() {
        return MESSAGES.stream()
                .map(ItchFields::newFlyweight)
                .collect(Collectors.toMap(ItchMessageFlyweight::type, Function.identity()));
    }

    /** The value of every field, header included, type and length not. */
    public static Map<String, Number> read(final ItchMessageFlyweight<?> message) {
        final Map<String, Number> values = new TreeMap<>();
        accessors(message).forEach((name, pair) -> values.put(name, (Number) call(pair[0], message)));
        return values;
    }

    /** Sets every field of one message to its value in another of the same type. */
    public static void copy(final ItchMessageFlyweight<?> from, final ItchMessageFlyweight<?> to) {
        accessors(from).values().forEach(pair -> call(pair[1], to, call(pair[0], from)));
    }

    /** A handler that passes every message on, after a check that it came through the method named for it. */
    public static ItchMessageHandler handler(final Consumer<ItchMessageFlyweight<?>> consumer) {
        return (ItchMessageHandler) Proxy.newProxyInstance(
                ItchFields.class.getClassLoader(),
                new Class<?>[] {ItchMessageHandler.class},
                (proxy, method, arguments) -> {
                    final ItchMessageFlyweight<?> message = (ItchMessageFlyweight<?>) arguments[0];
                    if (!method.getName().equals("on" + message.getClass().getSimpleName())) {
                        throw new AssertionError(method + " was called with " + message.getClass());
                    }
                    consumer.accept(message);
                    return null;
                });
    }

    private static Map<String, Method[]> accessors(final ItchMessageFlyweight<?> message) {
        return ACCESSORS.computeIfAbsent(message.getClass(), ItchFields::findAccessors);
    }

    private static Map<String, Method[]> findAccessors(final Class<?> message) {
        return Stream.of(message.getMethods())
                .filter(method -> 0 == method.getParameterCount())
                .flatMap(getter -> Stream.of(message.getMethods())
                        .filter(setter -> setter.getName().equals(getter.getName())
                                && 1 == setter.getParameterCount()
                                && setter.getParameterTypes()[0] == getter.getReturnType())
                        .map(setter -> new Method[] {getter, setter}))
                .filter(pair -> pair[0].getReturnType().isPrimitive())
                .collect(Collectors.toMap(pair -> pair[0].getName(), Function.identity()));
    }

    private static ItchMessageFlyweight<?> newFlyweight(final Class<? extends ItchMessageFlyweight<?>> message) {
        try {
            return message.getConstructor().newInstance();
        } catch (final ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Object call(final Method method, final Object target, final Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (final InvocationTargetException ex) {
            if (ex.getCause() instanceof RuntimeException) {
                throw (RuntimeException) ex.getCause();
            }
            throw new AssertionError(ex);
        } catch (final IllegalAccessException ex) {
            throw new AssertionError(ex);
        }
    }
}
